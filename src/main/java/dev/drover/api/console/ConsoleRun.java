package dev.drover.api.console;

import dev.drover.core.Page;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.Run;
import dev.drover.core.run.SeenRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of any dialect as a list shows it.
 *
 * @param task its first 300 characters
 * @param model the name of the profile that answers
 * @param step what it does; null when it is over
 */
record ConsoleRun(
        String id,
        Agent agent,
        int ordinal,
        String status,
        String task,
        String model,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        Use usage,
        @Nullable Step step) {
    /**
     * Whose run it is.
     *
     * @param id in Jettson's spelling
     * @param origin the dialect it was born in
     */
    record Agent(String id, String uuid, String name, String slug, String origin, String owner) {
        static Agent of(dev.drover.core.agent.Agent agent, String owner) {
            return new Agent(
                    Spelling.AGENT.of(agent.id().value()),
                    agent.id().toString(),
                    agent.name(),
                    agent.slug(),
                    agent.origin().word(),
                    owner);
        }
    }

    /**
     * What it used.
     *
     * @param costUsd null when nobody counts it
     */
    record Use(
            int iterations,
            long inputTokens,
            long outputTokens,
            @Nullable Double costUsd,
            Map<String, Integer> toolCalls) {}

    /** @param label a few words on it, such as the name of a tool; empty when there are none */
    record Step(String kind, String label, Instant since) {}

    static ConsoleRun of(SeenRun seen) {
        Run run = seen.run();
        return new ConsoleRun(
                run.id().toString(),
                Agent.of(seen.agent(), seen.owner()),
                seen.ordinal(),
                ConsoleEvents.word(run.status()),
                run.task(),
                seen.profile(),
                run.createdAt(),
                seen.endedAt(),
                run.error() == null ? null : ConsoleEvents.word(run.error()),
                new Use(
                        seen.usage().iterations(),
                        seen.usage().inputTokens(),
                        seen.usage().outputTokens(),
                        seen.dollars(),
                        seen.usage().toolCalls()),
                step(seen.step()));
    }

    private static @Nullable Step step(SeenRun.@Nullable Step step) {
        return step == null ? null : new Step(ConsoleKind.of(step.kind()).word(), label(step), step.at());
    }

    /** Those of instructions are the same for all runs. */
    private static String label(SeenRun.Step step) {
        return step.kind() == EventKind.INSTRUCTED ? "" : step.label();
    }

    /** A page of them; its cursor is the id of the last one. */
    record Listed(List<ConsoleRun> data, @Nullable String nextCursor) {
        static Listed of(Page<SeenRun> page) {
            return new Listed(page.items().stream().map(ConsoleRun::of).toList(), page.next());
        }
    }
}
