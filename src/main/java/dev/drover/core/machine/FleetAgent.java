package dev.drover.core.machine;

import dev.drover.core.agent.Reached;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent as those see it who may use it.
 *
 * @param machine empty when it keeps no computer, as one made in another dialect
 * @param tags in order
 * @param avatarAt when its avatar was changed; null when it has none
 */
public record FleetAgent(
        Reached reached,
        Optional<Machine> machine,
        List<String> tags,
        @Nullable Instant avatarAt) {
    public MachineState state() {
        return machine.map(Machine::state).orElse(MachineState.STOPPED);
    }

    public MachineSettings settings() {
        return machine.map(Machine::settings).orElse(MachineSettings.USUAL);
    }
}
