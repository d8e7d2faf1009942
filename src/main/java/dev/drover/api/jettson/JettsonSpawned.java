package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.run.RunView;
import dev.drover.core.run.Spawned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a spawn: what was accepted, as it was then.
 *
 * @param webhookSecret what signs for the webhook that came along, when one had to be made
 */
record JettsonSpawned(
        String agentId,
        String name,
        String status,
        String task,
        Instant createdAt,
        String model,
        JettsonContainer container,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String webhookSecret) {
    static JettsonSpawned of(Spawned made) {
        RunView spawned = made.view();
        return new JettsonSpawned(
                JettsonAgent.id(spawned),
                spawned.agent().name(),
                JettsonAgent.word(spawned.run().status()),
                spawned.run().task(),
                spawned.agent().createdAt(),
                spawned.agent().profile(),
                JettsonContainer.of(spawned.run()),
                made.hookSecret());
    }
}
