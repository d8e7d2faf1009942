package dev.drover.core.conversation;

import dev.drover.core.tool.ToolGrant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agent talks (Make contract, section 2).
 *
 * @param maxTokens of one reply; null for the model's own limit
 * @param recursionLimit steps of a run at most: a call of the model is one, a batch of tool calls another
 * @param stepSeconds how long one of them may take
 * @param history how many earlier runs of a thread the model is reminded of
 */
public record Settings(
        @Nullable Integer maxTokens,
        int recursionLimit,
        int stepSeconds,
        int history,
        List<ToolGrant.OfScenario> scenarios,
        List<ToolGrant.OfServer> servers,
        OutputFormat output) {
    public static final int MOST_STEPS = 1_000;
    public static final int LONGEST_STEP = 600;
    public static final int LONGEST_HISTORY = 100;
    public static final int USUAL_HISTORY = 10;

    /** What is so about which nothing was said. */
    public static final Settings USUAL =
            new Settings(null, 300, 300, USUAL_HISTORY, List.of(), List.of(), OutputFormat.TEXT);

    public Settings {
        scenarios = List.copyOf(scenarios);
        servers = List.copyOf(servers);
    }

    /** With what the change gives in place of what was. */
    Settings with(SettingsChange change) {
        return new Settings(
                change.maxTokens() == null ? maxTokens : change.maxTokens(),
                change.recursionLimit() == null ? recursionLimit : change.recursionLimit(),
                change.stepSeconds() == null ? stepSeconds : change.stepSeconds(),
                change.history() == null ? history : change.history(),
                change.scenarios() == null ? scenarios : change.scenarios(),
                change.servers() == null ? servers : change.servers(),
                new OutputFormat(
                        change.structured() == null ? output.structured() : change.structured(),
                        change.fields() == null ? output.fields() : change.fields()));
    }

    /** All that the agent may use, scenarios first. */
    public List<ToolGrant> tools() {
        List<ToolGrant> tools = new ArrayList<>(scenarios);
        tools.addAll(servers);
        return tools;
    }
}
