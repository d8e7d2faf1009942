package dev.drover.core.machine;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a list of those that somebody may use: only what lists show, since they are long and asked for often.
 *
 * @param isOwner whether whoever asked is its owner in person
 * @param isShared whether it is merely shared with them
 * @param kept empty when it keeps no computer, as one made in another dialect
 * @param tags in order
 * @param avatarAt when its avatar was changed; null when it has none
 */
public record FleetAgent(
        AgentId id,
        String name,
        Instant createdAt,
        String owner,
        boolean isOwner,
        boolean isShared,
        Optional<FleetAgent.Kept> kept,
        List<String> tags,
        @Nullable Instant avatarAt) {
    /** The computer that it keeps. */
    public record Kept(
            String kind,
            String runtime,
            MachineState state,
            int port,
            Resources resources,
            String container,
            String baseImage,
            @Nullable String template,
            @Nullable String repository,
            boolean autonomy,
            boolean readOnly,
            @Nullable String cpuLimit,
            @Nullable String memoryLimit) {}

    public boolean isSystem() {
        return name.equals(Agent.SYSTEM);
    }
}
