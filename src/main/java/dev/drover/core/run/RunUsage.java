package dev.drover.core.run;

import dev.drover.core.model.Usage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has used so far, as its log tells.
 *
 * @param iterations model calls that were answered
 * @param toolCalls how often each tool was called, by its core name
 * @param dollars what programs say that they cost; 0 for our own loop, which does not know prices
 */
public record RunUsage(
        int iterations, long inputTokens, long outputTokens, SortedMap<String, Integer> toolCalls, double dollars) {
    public static final RunUsage NONE = new RunUsage(0, 0, 0, Collections.emptySortedMap(), 0);

    public RunUsage {
        toolCalls = Collections.unmodifiableSortedMap(new TreeMap<>(toolCalls));
    }

    /** What it is behind one more entry; itself when that one uses nothing. */
    RunUsage behind(Entry entry) {
        return switch (entry) {
            case Entry.ModelReplied replied -> {
                Usage usage = replied.reply().usage();
                yield new RunUsage(
                        Math.max(iterations, replied.iteration()),
                        inputTokens + usage.inputTokens(),
                        outputTokens + usage.outputTokens(),
                        toolCalls,
                        dollars);
            }
            case Entry.ToolCalled called -> {
                SortedMap<String, Integer> calls = new TreeMap<>(toolCalls);
                calls.merge(called.call().tool(), 1, Integer::sum);
                yield new RunUsage(iterations, inputTokens, outputTokens, calls, dollars);
            }
            case Entry.Charged charged ->
                new RunUsage(
                        iterations,
                        inputTokens + charged.usage().inputTokens(),
                        outputTokens + charged.usage().outputTokens(),
                        toolCalls,
                        dollars + charged.dollars());
            default -> this;
        };
    }
}
