package dev.drover.api.jettson;

import dev.drover.core.run.RunUsage;
import dev.drover.core.run.RunView;
import dev.drover.core.tool.ToolStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has used so far (contract, section 13.4).
 *
 * @param runSeconds with milliseconds
 * @param costUsd null, since no profile has prices
 * @param toolCalls by the name of the tool
 */
record JettsonUsage(
        int iterations,
        double runSeconds,
        long inputTokens,
        long outputTokens,
        @Nullable Double costUsd,
        Map<String, Integer> toolCalls) {
    static JettsonUsage of(RunView view, ToolStyle style) {
        RunUsage usage = view.usage();
        Map<String, Integer> calls = new LinkedHashMap<>();
        usage.toolCalls().forEach((tool, count) -> calls.put(style.shown(tool), count));
        return new JettsonUsage(
                usage.iterations(),
                view.worked().toMillis() / 1_000.0,
                usage.inputTokens(),
                usage.outputTokens(),
                null,
                calls);
    }
}
