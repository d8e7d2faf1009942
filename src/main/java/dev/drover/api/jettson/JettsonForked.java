package dev.drover.api.jettson;

import dev.drover.core.id.Spelling;
import dev.drover.core.run.ForkedRun;
import java.time.Instant;

/** The answer to a fork: that of a spawn, and where the new agent came from. */
record JettsonForked(
        String agentId,
        String name,
        String status,
        String task,
        Instant createdAt,
        String model,
        JettsonContainer container,
        Source forkedFrom) {
    /** A step of another agent's run. */
    record Source(String agentId, String runId, long seq) {}

    static JettsonForked of(ForkedRun forked) {
        JettsonSpawned made = JettsonSpawned.of(forked.made());
        return new JettsonForked(
                made.agentId(),
                made.name(),
                made.status(),
                made.task(),
                made.createdAt(),
                made.model(),
                made.container(),
                new Source(
                        Spelling.AGENT.of(forked.from().agent().value()),
                        forked.from().run().toString(),
                        forked.from().step()));
    }
}
