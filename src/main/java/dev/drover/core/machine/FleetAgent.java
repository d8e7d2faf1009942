package dev.drover.core.machine;

import dev.drover.core.agent.Reached;
import java.util.List;
import java.util.Optional;

/**
 * An agent as those see it who may use it.
 *
 * @param machine empty when it keeps no computer, as one made in another dialect
 * @param tags in order
 */
public record FleetAgent(Reached reached, Optional<Machine> machine, List<String> tags) {
    public MachineState state() {
        return machine.map(Machine::state).orElse(MachineState.STOPPED);
    }

    public MachineSettings settings() {
        return machine.map(Machine::settings).orElse(MachineSettings.USUAL);
    }
}
