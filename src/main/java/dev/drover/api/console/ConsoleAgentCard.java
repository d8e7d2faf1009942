package dev.drover.api.console;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.SeenAgent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent of any dialect.
 *
 * @param model the name of its model profile
 * @param hold what keeps its runs from starting, as pending, paused or terminated; null when nothing does
 * @param right how near the caller is to it: shared, owner or admin
 * @param runs how many it had
 * @param latestRun the newest of them
 */
record ConsoleAgentCard(
        ConsoleRun.Agent agent,
        String model,
        @Nullable String prompt,
        @Nullable String hold,
        String right,
        Instant createdAt,
        int runs,
        @Nullable String latestRun,
        @Nullable Named parent,
        List<Named> children) {
    static ConsoleAgentCard of(SeenAgent seen) {
        Agent agent = seen.agent().agent();
        return new ConsoleAgentCard(
                ConsoleRun.Agent.of(agent, seen.agent().owner().name()),
                agent.profile(),
                agent.prompt(),
                agent.hold().word(),
                ConsoleEvents.word(seen.agent().right()),
                agent.createdAt(),
                seen.runs(),
                seen.newest() == null ? null : seen.newest().toString(),
                seen.parent() == null ? null : Named.of(seen.parent()),
                seen.children().stream().map(Named::of).toList());
    }

    /** Another agent. */
    record Named(String id, String name) {
        static Named of(SeenAgent.Named named) {
            return new Named(Spelling.AGENT.of(named.id().value()), named.name());
        }
    }
}
