package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.computer.Computer;
import dev.drover.core.id.AgentId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is done with the computers that agents keep. */
public final class Machines {
    private final MachineRoom room;

    public Machines(MachineRoom room) {
        this.room = room;
    }

    /** Empty for an agent that keeps none, such as one made in another dialect that was never started here. */
    public Optional<Machine> find(AgentId agent) {
        return room.store().find(agent);
    }

    public MachineSettings settings(AgentId agent) {
        return find(agent).map(Machine::settings).orElse(MachineSettings.USUAL);
    }

    /** The machine's computer, which is on; refused as {@code Agent is not running} when it is not. */
    public Computer computer(AgentId agent) {
        return room.floor()
                .running(agent)
                .orElseThrow(() -> new Refused(new Problem.WrongState("Agent is not running")));
    }

    /** Changes settings one after the other, whoever asks at the same time; what they are now. */
    public MachineSettings change(AgentId agent, UnaryOperator<MachineSettings> change) {
        return room.transactions().call(() -> {
            Machine machine = room.store().lock(agent).orElseThrow(() -> new Refused(none(agent)));
            MachineSettings changed = change.apply(machine.settings());
            room.store().settings(agent, changed, room.clock().instant());
            return changed;
        });
    }

    /** Puts the settings in force where that goes without a restart; whether they all are now. */
    public boolean applyNow(AgentId agent) {
        return room.floor().running(agent).isEmpty();
    }

    private static Problem none(AgentId agent) {
        return new Problem.WrongState("Agent " + agent + " keeps no computer yet; start it first");
    }
}
