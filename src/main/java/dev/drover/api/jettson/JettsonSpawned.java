package dev.drover.api.jettson;

import dev.drover.core.id.Spelling;
import dev.drover.core.run.RunView;
import dev.drover.core.run.SpawnAgent;
import java.time.Instant;

/**
 * The answer to a spawn. It tells what was accepted, not how far the run has come, so that a repeat under the same
 * idempotency key gets the original answer however late it asks.
 */
record JettsonSpawned(
        String agentId,
        String name,
        String status,
        String task,
        Instant createdAt,
        String model,
        JettsonContainer container) {
    static JettsonSpawned of(SpawnAgent order, RunView spawned) {
        return new JettsonSpawned(
                Spelling.AGENT.of(spawned.agent().id().value()),
                order.displayName(),
                "spawning",
                order.task(),
                spawned.run().createdAt(),
                spawned.agent().profile(),
                new JettsonContainer(spawned.run().region(), "starting"));
    }
}
