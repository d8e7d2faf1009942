package dev.drover.api.trinity;

import dev.drover.core.id.AgentId;
import dev.drover.core.machine.MachineState;
import dev.drover.core.machine.Machines;

/** The one word for where an agent's computer stands, the same in every answer (contract, section 4.1). */
final class TrinityState {
    private TrinityState() {}

    static String of(Machines machines, AgentId agent) {
        return machines.find(agent).map(machine -> machine.state().word()).orElse(MachineState.STOPPED.word());
    }
}
