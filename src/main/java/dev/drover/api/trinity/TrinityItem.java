package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.machine.FleetAgent;
import dev.drover.core.machine.MachineSettings;
import java.util.List;
import java.util.Optional;
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
        Optional<FleetAgent.Kept> kept = seen.kept();
        return new TrinityItem(
                TrinityStatus.of(seen),
                seen.tags(),
                seen.owner(),
                seen.isOwner(),
                seen.isShared(),
                seen.isSystem(),
                kept.map(FleetAgent.Kept::autonomy).orElse(MachineSettings.USUAL.autonomy()),
                kept.map(FleetAgent.Kept::readOnly).orElse(MachineSettings.USUAL.readOnly()),
                kept.map(FleetAgent.Kept::repository).orElse(null),
                kept.map(FleetAgent.Kept::memoryLimit).orElse(null),
                kept.map(FleetAgent.Kept::cpuLimit).orElse(null),
                TrinityStatus.avatar(seen.name(), seen.avatarAt()));
    }

    /** A computer of this platform that belongs to no agent here: all that is known of it is what it shows. */
    static TrinityItem of(FoundComputer stray) {
        return new TrinityItem(
                TrinityStatus.of(stray), List.of(), null, false, false, false, false, false, null, null, null, null);
    }
}
