package dev.drover.api.jettson;

import dev.drover.core.run.RunView;
import java.time.Instant;

/** The answer to a spawn: what was accepted, as it was then. */
record JettsonSpawned(
        String agentId,
        String name,
        String status,
        String task,
        Instant createdAt,
        String model,
        JettsonContainer container) {
    static JettsonSpawned of(RunView spawned) {
        return new JettsonSpawned(
                JettsonAgent.id(spawned),
                spawned.agent().name(),
                JettsonAgent.word(spawned.run().status()),
                spawned.run().task(),
                spawned.agent().createdAt(),
                spawned.agent().profile(),
                JettsonContainer.of(spawned.run()));
    }
}
