package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.User;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.AgentName;
import dev.drover.core.agent.NewAgent;
import dev.drover.core.agent.Origin;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.id.AgentId;
import dev.drover.core.model.ModelProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes agents with the computers that they keep (Trinity contract, section 5.2). Name, port and rows are one
 * transaction; nobody finds the agent before its computer is on, and nothing is left when that fails.
 */
final class Creation {
    private static final Logger log = LoggerFactory.getLogger(Creation.class);
    private static final int CONTAINER_BYTES = 32;

    private final MachineRoom room;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Creation(MachineRoom room) {
        this.room = room;
    }

    Machine create(Caller caller, NewMachine order) {
        String name = AgentName.of(order.name());
        AgentId id =
                room.floor().prepared().orElseGet(() -> new AgentId(room.ids().next()));
        LocalTemplates.Chosen chosen = room.templates().chosen(order);
        Born born = room.transactions().call(() -> reserved(caller.user(), id, name, chosen, false));
        boolean made = false;
        try {
            room.floor().turn(id, () -> furnished(room.floor().open(born.agent(), born.machine()), id, chosen));
            room.transactions().run(() -> {
                room.agents().show(id);
                room.books().machines().ready(id);
                room.audit().record(caller.actor(), "agent.create", id.toString(), name);
            });
            made = true;
            return room.books().machines().find(id).orElseThrow();
        } catch (ComputerFailure e) {
            throw Machines.refused("create", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Failed("Failed to create agent: the server is stopping"));
        } finally {
            if (!made) {
                undo(id);
            }
        }
    }

    /** The agent of the house, which is there from the first start on and turned on when somebody needs it. */
    void system(User admin) {
        room.transactions().run(() -> {
            room.books().machines().lockNames();
            if (!room.agents().isTaken(Agent.SYSTEM)) {
                AgentId id = new AgentId(room.ids().next());
                reserved(admin, id, Agent.SYSTEM, unfurnished(NewMachine.named(Agent.SYSTEM)), true);
                room.agents().show(id);
            }
        });
    }

    /** The machine of an agent, which one of another dialect has from now on. */
    Machine adopted(Agent agent) {
        Optional<Machine> kept = room.books().machines().find(agent.id());
        if (kept.isPresent()) {
            room.agents().find(agent.id()).ifPresent(found -> found.hold().forComputer());
            return kept.get();
        }
        return room.transactions().call(() -> {
            room.books().machines().lockNames();
            room.agents().holdOf(agent.id()).forComputer();
            return room.books().machines().find(agent.id()).orElseGet(() -> {
                Machine machine = machine(agent, NewMachine.named(agent.slug()), MachineSettings.USUAL);
                room.books().machines().insert(machine, true, room.holders().node());
                return machine;
            });
        });
    }

    /**
     * Keeps a computer for an agent that is born in the same transaction, or is there already. Names are locked before
     * the agent's row is, as everywhere, or two creations would wait for each other.
     */
    Agent reserve(Supplier<Agent> born, String kind, String runtime) {
        return room.transactions().call(() -> {
            room.books().machines().lockNames();
            Agent agent = born.get();
            Machine machine = machine(agent, NewMachine.named(agent.slug(), kind, runtime), MachineSettings.USUAL);
            room.books().machines().insert(machine, true, room.holders().node());
            room.books().machines().fresh(agent.id());
            return agent;
        });
    }

    private record Born(Agent agent, Machine machine) {}

    private static LocalTemplates.Chosen unfurnished(NewMachine order) {
        return new LocalTemplates.Chosen(order, TemplateReader.Words.NONE, null, null);
    }

    /** Before anybody is told that the agent is there, its home holds what it begins with. */
    private Computer furnished(Computer computer, AgentId id, LocalTemplates.Chosen chosen) throws ComputerFailure {
        String complaint = chosen.complaint();
        if (complaint != null) {
            room.books().log().say(id, complaint);
        }
        LocalTemplate template = chosen.template();
        if (template != null) {
            try {
                int files = template.copy(computer.workspace());
                room.books().log().say(id, "began as " + chosen.order().source().template() + ": " + files + " files");
            } catch (IOException e) {
                throw new ComputerFailure("the template could not be copied: " + e.getMessage(), e);
            }
        }
        return computer;
    }

    private Born reserved(User owner, AgentId id, String name, LocalTemplates.Chosen chosen, boolean ready) {
        NewMachine order = chosen.order();
        room.books().machines().lockNames();
        NewAgent wish = new NewAgent(name, Origin.TRINITY, profile(owner, order), order.instructions(), null);
        Agent agent = room.agents().createHidden(id, owner.id(), name, wish);
        Machine machine = machine(agent, order, settings(chosen.words()));
        room.books().machines().insert(machine, ready, room.holders().node());
        room.books().machines().settings(id, machine.settings(), room.clock().instant());
        room.repositories().order(machine);
        String avatar = chosen.words().avatar();
        if (avatar != null) {
            room.avatars().begin(id, avatar);
        }
        room.keys().issueForAgent(agent, owner);
        return new Born(agent, machine);
    }

    /** Folders in common only where this server's computers can have them. */
    private MachineSettings settings(TemplateReader.Words words) {
        boolean can = room.floor().confines();
        return MachineSettings.USUAL.folders(can && words.exposes(), can && words.consumes());
    }

    /** Our own loop asks the profile of that name, if there is one; other runtimes know their models themselves. */
    private String profile(User owner, NewMachine order) {
        String wished = order.runtimeModel();
        return wished != null && room.profiles().has(owner.id(), wished) ? wished : ModelProfile.DEFAULT;
    }

    private Machine machine(Agent agent, NewMachine order, MachineSettings settings) {
        Set<Integer> taken = room.books().machines().ports();
        Integer wished = order.port();
        byte[] container = new byte[CONTAINER_BYTES];
        random.nextBytes(container);
        Instant now = room.clock().instant();
        return new Machine(
                agent.id(),
                room.specs().host(),
                order.kind(),
                order.runtime(),
                order.runtimeModel(),
                order.resources(),
                order.source(),
                order.config(),
                wished == null ? room.ports().next(taken) : room.ports().wished(wished, taken),
                MachineState.STOPPED,
                !agent.isSystem(),
                HexFormat.of().formatHex(container),
                order.baseImage(),
                agent.createdAt().isBefore(now) ? agent.createdAt() : now,
                settings);
    }

    /** Takes back what an earlier server had begun to make. */
    void undoUnfinished() {
        room.holders().unfinished().forEach(this::undo);
    }

    private void undo(AgentId agent) {
        try {
            room.floor().discard(agent);
        } catch (RuntimeException e) {
            log.warn("the computer of agent {} is left to the next sweep: {}", agent, e.toString());
        }
        room.keys().revokeOf(agent);
        room.transactions().run(() -> {
            room.books().machines().delete(agent);
            room.agents().erase(agent);
        });
    }
}
