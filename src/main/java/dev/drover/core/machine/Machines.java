package dev.drover.core.machine;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.access.User;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.AgentName;
import dev.drover.core.agent.Origin;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Load;
import dev.drover.core.id.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is done with agents that keep computers. */
public final class Machines {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final MachineRoom room;
    private final Creation creation;
    private final CreationOnce once;

    public Machines(MachineRoom room) {
        this.room = room;
        this.creation = new Creation(room);
        this.once = new CreationOnce(room);
    }

    /**
     * Makes the agent of the house if it is missing, and undoes what a lost server had begun to make.
     *
     * @param first whether no other server works on this disk
     */
    public void prepare(User admin, boolean first) {
        if (first) {
            room.holders().clear();
        }
        creation.undoUnfinished();
        creation.system(admin);
    }

    /** Takes up what other servers left, now and later; this one must have shown that it lives. */
    public void begin() {
        room.floor().begin();
    }

    /** The caller's agents, newest first; the cursor is the id of the last one. */
    public Page<FleetAgent> list(Caller caller, Set<String> tags, int limit, @Nullable AgentId after) {
        List<FleetAgent> found = room.books().fleet().list(caller, tags, limit + 1, after);
        List<FleetAgent> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    /** Empty for an agent that keeps none, such as one made in another dialect that was never started here. */
    public Optional<Machine> find(AgentId agent) {
        return room.books().machines().find(agent);
    }

    public MachineSettings settings(AgentId agent) {
        return find(agent).map(Machine::settings).orElse(MachineSettings.USUAL);
    }

    /** The machine's computer, which is on; refused as {@code Agent is not running} when it is not. */
    public Computer computer(AgentId agent) {
        room.agents().find(agent).ifPresent(found -> found.hold().forComputer());
        return room.floor().running(agent).orElseThrow(() -> {
            if (find(agent).map(Machine::wanted).orElse(false)) {
                room.holders().keeper(agent).demandHere();
            }
            return off();
        });
    }

    private static Refused off() {
        return new Refused(new Problem.WrongState("Agent is not running"));
    }

    /**
     * An agent of another dialect keeps a computer from now on, if it did not. To be called before the agent is locked,
     * since names are locked before agents are.
     */
    public void keep(Reached reached) {
        creation.adopted(reached.agent());
    }

    /** Changes settings one after the other, whoever asks at the same time; how the machine stands then. */
    public Standing change(Reached reached, UnaryOperator<MachineSettings> change) {
        creation.adopted(reached.agent());
        room.transactions().run(() -> {
            Machine machine = room.books().machines().lock(reached.id()).orElseThrow(() -> gone(reached.name()));
            MachineSettings changed = change.apply(machine.settings());
            room.books().machines().settings(reached.id(), changed, room.clock().instant());
        });
        return standing(reached.id());
    }

    /** What is set and what is in force of an agent's machine now. */
    public Standing standing(AgentId agent) {
        return room.floor().standing(agent);
    }

    /**
     * Makes the home read-only, or lifts that; refused where the computers of this server cannot. Whether it is in
     * force now, or only from the next start on.
     *
     * @param patterns null for the usual ones
     */
    public boolean readOnly(Reached reached, boolean on, MachineSettings.@Nullable ReadOnly patterns) {
        if (on && !room.floor().confines()) {
            throw new Refused(new Problem.NotOffered("Read-only mode is not offered by the computers of this server;"
                    + " bubblewrap and docker have it (DROVER_COMPUTERS)"));
        }
        Standing now = change(reached, settings -> settings.readOnly(on, patterns));
        return now.isUpToDate() || enforce(reached.id());
    }

    /**
     * Puts the settings in force, by opening the computer anew unless a run is at work in it; what else runs inside
     * ends then. Whether they are in force now.
     */
    private boolean enforce(AgentId agent) {
        if (!room.runs().isBusy(agent)) {
            try {
                room.floor().turn(agent, () -> room.floor().open(agent));
            } catch (ComputerFailure e) {
                throw refused("start", e);
            } catch (InterruptedException e) {
                throw interrupted("start");
            }
        }
        return standing(agent).isUpToDate();
    }

    /**
     * A machine that is on.
     *
     * @param load how busy its computer is
     */
    public record Used(Machine machine, Load load) {}

    /** Looks at a computer twice in a moment. */
    public Used use(AgentId agent) {
        Machine machine = find(agent).orElseThrow(Machines::off);
        try {
            return new Used(machine, Load.of(computer(agent), LOOK));
        } catch (InterruptedException e) {
            throw interrupted("look at");
        }
    }

    /** What was made. */
    public record Made(Agent agent, Machine machine) {}

    /** An agent and its computer, which is on when this returns. */
    public Made create(Caller caller, NewMachine order) {
        if (caller.agent() != null) {
            throw new Refused(new Problem.Forbidden("Agents may not create agents here"));
        }
        Machine made = creation.create(caller, order);
        Agent agent = room.agents().find(made.agent()).orElseThrow(() -> gone(order.name()));
        room.events().publish(new FleetEvent.Created(agent.id(), agent.slug()));
        return new Made(agent, made);
    }

    /**
     * The same once for each idempotency key of the caller in 24 hours; refused when the key was used for something
     * else. A repeat that comes while the first is still at work waits for it, or else it would find the name taken.
     *
     * @param fingerprint of the whole request
     * @param order is asked for only when nothing was made yet
     */
    public Made createOnce(Caller caller, String key, String fingerprint, Supplier<NewMachine> order) {
        return once.create(caller, key, fingerprint, () -> create(caller, order.get()));
    }

    /**
     * Keeps a computer for an agent that is born by the call, or found by it, in one transaction with it; it is opened
     * when somebody needs it. To be called before the agent's row is locked.
     *
     * @param kind what the agent is for
     */
    public Agent reserve(Supplier<Agent> born, String kind, String runtime) {
        return creation.reserve(born, kind, runtime);
    }

    /** Changes what an agent is for and which program works in its computer; one without a computer stays so. */
    public void describe(AgentId agent, String kind, String runtime) {
        room.books().machines().describe(agent, kind, runtime);
    }

    /** Turns it on; one that is on but set up otherwise by now is turned off first. */
    public Injection start(Reached reached) {
        refuseAtWork(reached);
        Machine machine = creation.adopted(reached.agent());
        room.holders().keeper(machine.agent()).demandHere();
        Injection injection;
        try {
            injection = room.floor().turn(machine.agent(), () -> {
                room.floor().take(machine.agent());
                room.books().machines().wanted(machine.agent(), true);
                room.floor().open(machine.agent());
                return room.floor().injection(machine.agent());
            });
        } catch (ComputerFailure e) {
            throw refused("start", e);
        } catch (InterruptedException e) {
            throw interrupted("start");
        }
        room.audit()
                .record(reached.caller().actor(), "agent.start", reached.id().toString(), "");
        room.events().publish(new FleetEvent.Started(reached.id(), reached.name(), injection.word()));
        return injection;
    }

    /** The one task of a Jettson agent has a computer of its own until it is over, which goes by the agent's id too. */
    private void refuseAtWork(Reached reached) {
        boolean isOneTask =
                reached.agent().origin() == Origin.JETTSON && find(reached.id()).isEmpty();
        if (isOneTask && room.runs().isBusy(reached.id())) {
            throw new Refused(new Problem.InUse(
                    "agent " + reached.name() + " cannot be started", "its task is at work in a computer of its own"));
        }
    }

    /** Ends its runs and turns it off; it stays off until somebody starts it. */
    public void stop(Reached reached) {
        Machine machine = creation.adopted(reached.agent());
        room.books().machines().wanted(machine.agent(), false);
        room.runs().endAll(reached.behalf(), machine.agent());
        try {
            room.floor().turn(machine.agent(), () -> {
                room.floor().stop(machine.agent());
                return true;
            });
        } catch (ComputerFailure e) {
            throw refused("stop", e);
        } catch (InterruptedException e) {
            throw interrupted("stop");
        }
        room.audit().record(reached.caller().actor(), "agent.stop", reached.id().toString(), "computer");
        room.events().publish(new FleetEvent.Stopped(reached.id(), reached.name(), null));
    }

    /** What a renamed agent is called now, and whether its computer was on meanwhile. */
    public record Renamed(String name, boolean isRunning) {}

    /** Gives the agent another name, whatever it is doing. */
    public Renamed rename(Reached reached, String wished) {
        if (reached.agent().isSystem()) {
            throw new Refused(new Problem.Forbidden("System agents cannot be renamed"));
        }
        if (wished.isBlank()) {
            throw new Refused(new Problem.Unacceptable("Invalid agent name - the new name is empty"));
        }
        String name = AgentName.of(wished.strip());
        if (name.equals(reached.name())) {
            throw new Refused(new Problem.Unacceptable("The new name is the same as the current one"));
        }
        room.transactions().run(() -> {
            room.books().machines().lockNames();
            if (!room.agents().rename(reached.id(), name)) {
                throw new Refused(new Problem.Taken("Agent '" + name + "' already exists"));
            }
            room.audit()
                    .record(
                            reached.caller().actor(),
                            "agent.rename",
                            reached.id().toString(),
                            name);
        });
        room.floor().rename(reached.id(), name);
        room.events().publish(new FleetEvent.Renamed(reached.id(), reached.name(), name));
        return new Renamed(name, isRunning(reached.id()));
    }

    /** Ends its runs and removes the agent with all that is its own. */
    public void delete(Reached reached) {
        if (reached.agent().isSystem()) {
            throw new Refused(new Problem.Forbidden("System agent cannot be deleted; re-initialize it instead"));
        }
        FleetEvent.Audience before = new FleetEvent.Audience(
                reached.agent().owner(), room.books().fleet().emails(reached.id()));
        room.runs().forget(reached.behalf(), reached.id());
        room.events().publish(new FleetEvent.Deleted(reached.id(), reached.name(), before));
    }

    /** After an agent was deleted, in whatever dialect: its computer goes, and what it came in with. */
    public void removed(AgentId agent) {
        room.keys().revokeOf(agent);
        room.floor().discard(agent);
    }

    /** What is to be told of a template that is not in the home yet; empty when nothing is missing. */
    public Optional<String> missingTemplate(Machine machine) {
        return room.repositories().missing(machine);
    }

    /** An agent that never works again keeps no computer; joins the caller's transaction, after which it is ended. */
    public void release(AgentId agent) {
        room.agents().find(agent).ifPresent(gone -> {
            FleetEvent.Audience before =
                    new FleetEvent.Audience(gone.owner(), room.books().fleet().emails(agent));
            room.transactions().afterwards(() -> {
                Thread.ofVirtual()
                        .name("machine-release")
                        .start(() -> room.floor().discard(agent));
                room.events().publish(new FleetEvent.Deleted(agent, gone.slug(), before));
            });
        });
        room.books().machines().delete(agent);
    }

    /** Computers of this platform that are nobody's here, newest first, as far as administrators may see them. */
    public List<FoundComputer> strays(Caller caller) {
        if (caller.agent() != null || caller.user().role() != Role.ADMIN) {
            return List.of();
        }
        List<FoundComputer> found = room.floor().found();
        return found.isEmpty() ? found : room.books().fleet().strays(found);
    }

    public boolean isRunning(AgentId agent) {
        return room.floor().running(agent).isPresent();
    }

    /** What happened to it, the newest lines; all that are kept when negative. */
    public String log(AgentId agent, int lines) {
        return room.books().log().tail(agent, lines);
    }

    private static Refused gone(String name) {
        return new Refused(new Problem.NotFound(Problem.Thing.AGENT, name));
    }

    /** The same may work later when only nobody was there who makes computers. */
    static Refused refused(String what, ComputerFailure failure) {
        String cause = String.valueOf(failure.getMessage());
        return new Refused(
                failure.isAbsent()
                        ? new Problem.Unavailable(cause, null)
                        : new Problem.Failed("Failed to " + what + " agent: " + cause));
    }

    private static Refused interrupted(String what) {
        Thread.currentThread().interrupt();
        return new Refused(new Problem.Failed("Failed to " + what + " agent: the server is stopping"));
    }
}
