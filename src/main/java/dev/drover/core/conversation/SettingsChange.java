package dev.drover.core.conversation;

import dev.drover.core.scenario.Field;
import dev.drover.core.tool.ToolGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an agent's settings; null is what nothing is said of, and stays.
 *
 * @param within the path of the object that says it, with a dot behind it, as {@code config.}; empty for none
 * @param format the name of the member that says what an answer is to be like, which differs (Make contract, section 2)
 */
public record SettingsChange(
        String within,
        String format,
        @Nullable Integer maxTokens,
        @Nullable Integer recursionLimit,
        @Nullable Integer stepSeconds,
        @Nullable Integer history,
        @Nullable List<ToolGrant.OfScenario> scenarios,
        @Nullable List<ToolGrant.OfServer> servers,
        @Nullable Boolean structured,
        @Nullable List<Field> fields) {
    /** Whether it says anything of tools. */
    boolean isOfTools() {
        return scenarios != null || servers != null;
    }
}
