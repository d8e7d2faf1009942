package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drover.core.agent.Reached;
import dev.drover.core.agent.Right;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.machine.FleetAgent;
import dev.drover.core.machine.MachineSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent in a list (contract, section 4.2). */
record TrinityItem(
        @JsonUnwrapped TrinityStatus agent,
        List<String> tags,
        @Nullable String owner,
        boolean isOwner,
        boolean isShared,
        boolean isSystem,
        boolean autonomyEnabled,
        boolean readOnlyEnabled,
        @Nullable String githubRepo,
        @Nullable String memoryLimit,
        @Nullable String cpuLimit,
        @Nullable String avatarUrl) {
    static TrinityItem of(FleetAgent seen) {
        Reached reached = seen.reached();
        MachineSettings settings = seen.settings();
        return new TrinityItem(
                TrinityStatus.of(reached.agent(), seen.machine()),
                seen.tags(),
                reached.owner().name(),
                reached.isOwner(),
                reached.right() == Right.SHARED,
                reached.agent().isSystem(),
                settings.autonomy(),
                settings.readOnly(),
                seen.machine().map(machine -> machine.source().repository()).orElse(null),
                settings.memoryLimit(),
                settings.cpuLimit(),
                TrinityStatus.avatar(reached.name(), seen.avatarAt()));
    }

    /** A computer of this platform that belongs to no agent here: all that is known of it is what it shows. */
    static TrinityItem of(FoundComputer stray) {
        return new TrinityItem(
                TrinityStatus.of(stray), List.of(), null, false, false, false, false, false, null, null, null, null);
    }
}
