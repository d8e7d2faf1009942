package dev.drover.core.machine;

import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Agents;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Keeper;
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.computer.Workspace;
import dev.drover.core.id.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines of this host that are on. Of one machine one thing is done at a time. Several servers may share a host:
 * each opens only what it holds by the table, and lets go of what another has taken while it was silent.
 */
public final class MachineFloor implements KeptComputers, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(MachineFloor.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration GRACE_AT_SHUTDOWN = Duration.ofSeconds(2);
    private static final int STARTED_AT_ONCE = 4;

    private final Computers computers;
    private final MachineSpecs specs;
    private final MachineStore store;
    private final HolderStore holders;
    private final Holding holding;
    private final MachineLog log;
    private final Agents agents;
    private final FleetEvents events;
    private final HomeCare care;
    private final Clock clock;
    private final Strays strays;
    private final Map<AgentId, Opened> open = new ConcurrentHashMap<>();
    private final Map<AgentId, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(STARTED_AT_ONCE);
    private volatile boolean closed;

    /** Not yet watching over anything. */
    public MachineFloor(
            Computers computers,
            MachineSpecs specs,
            MachineBooks books,
            HolderStore holders,
            FleetEvents events,
            HomeCare care) {
        this.computers = computers;
        this.holders = holders;
        this.holding = new Holding(holders);
        this.strays = new Strays(computers);
        this.specs = specs;
        this.store = books.machines();
        this.log = books.log();
        this.agents = books.agents();
        this.events = events;
        this.care = care;
        this.clock = books.clock();
    }

    private record Opened(Computer computer, MachineSpecs.Shape shape, Injection injection) {}

    /** Something done with one machine while nothing else is. */
    interface Turn<T> {
        T done() throws ComputerFailure, InterruptedException;
    }

    <T> T turn(AgentId agent, Turn<T> work) throws ComputerFailure, InterruptedException {
        ReentrantLock lock = turns.computeIfAbsent(agent, anew -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return work.done();
        } finally {
            lock.unlock();
        }
    }

    /** Takes up the machines that were on when their last server ended, and watches over all from now on. */
    public void begin() {
        startLeft(Integer.MAX_VALUE);
        Thread.ofVirtual().name("machine-watch").start(this::watch);
        Thread.ofVirtual().name("strays").start(strays);
    }

    private void startLeft(int limit) {
        holders.takeLeft(limit)
                .forEach(agent -> Thread.ofVirtual().name("machine-start").start(() -> startAgain(agent)));
    }

    private void startAgain(AgentId agent) {
        places.acquireUninterruptibly();
        try {
            turn(agent, () -> reopened(agent));
        } catch (ComputerFailure | RuntimeException e) {
            log.say(agent, "could not be started with the server: " + e.getMessage());
            logger.warn("the computer of agent {} could not be started: {}", agent, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** The computer of a machine that is on. */
    Optional<Computer> running(AgentId agent) {
        return Optional.ofNullable(open.get(agent))
                .map(Opened::computer)
                .filter(Computer::isUp)
                .filter(on -> holding.isSure(agent));
    }

    Standing standing(AgentId agent) {
        Optional<Machine> machine = store.find(agent);
        Optional<Opened> on = Optional.ofNullable(open.get(agent)).filter(opened -> opened.computer.isUp());
        return new Standing(
                machine,
                on.map(Opened::computer),
                on.map(opened -> Resources.of(opened.shape.limits()))
                        .orElseGet(() -> machine.map(Machine::limits).orElse(Resources.USUAL)),
                on.map(opened -> opened.shape.folders()).orElse(List.of()),
                machine.map(kept -> !isOutOfDate(kept)).orElse(true));
    }

    /** What its credentials came to when it was turned on. */
    Injection injection(AgentId agent) {
        Opened opened = open.get(agent);
        return opened == null ? new Injection.Failed("it ended at once") : opened.injection;
    }

    @Override
    public Map<String, String> secrets(AgentId agent) {
        return care.credentials().secretsOf(agent);
    }

    /** Whether the machine is on, but not as it would be if it were started now. */
    boolean isOutOfDate(Machine machine) {
        Opened opened = open.get(machine.agent());
        return opened != null && !opened.shape().equals(specs.shape(machine));
    }

    /** Turns a machine on that nobody asked to start, and says so. */
    private Computer reopened(AgentId id) throws ComputerFailure, InterruptedException {
        boolean wasOn = running(id).isPresent();
        Computer opened = open(id);
        if (!wasOn) {
            agents.find(id)
                    .ifPresent(agent -> events.publish(new FleetEvent.Started(
                            id, agent.slug(), injection(id).word())));
        }
        return opened;
    }

    /** Turns a machine on, as it is set up now, unless it is on so already. */
    Computer open(AgentId id) throws ComputerFailure, InterruptedException {
        Machine machine =
                store.find(id).orElseThrow(() -> new ComputerFailure("agent " + id + " keeps no computer any more"));
        Agent agent = agents.find(id).orElseThrow(() -> new ComputerFailure("agent " + id + " is gone"));
        return open(agent, machine);
    }

    Computer open(Agent agent, Machine machine) throws ComputerFailure, InterruptedException {
        if (closed) {
            throw new ComputerFailure("the server is stopping");
        }
        holding.take(agent.id());
        Optional<Computer> running = running(agent.id());
        if (running.isPresent() && !isOutOfDate(machine)) {
            return running.get();
        }
        shut(agent.id(), GRACE);
        MachineSpecs.Shape shape = specs.shape(machine);
        if (!computers.confines()
                && (shape.readOnly() != null || !shape.folders().isEmpty())) {
            throw new ComputerFailure("computers of kind " + computers.kind()
                    + " can neither be read-only nor have folders in common; use bubblewrap or docker");
        }
        Optional<Workspace> home = computers.workspaceOf(agent.id());
        home.ifPresent(there -> care.teach(agent.id(), there, log));
        Computer opened = computers.open(specs.of(agent, machine, home));
        store.container(agent.id(), opened.isolation().facts().getOrDefault("container", machine.container()));
        Injection injection = care.credentials().injectAtStart(agent.id(), opened);
        open.put(agent.id(), new Opened(opened, shape, injection));
        store.state(agent.id(), MachineState.RUNNING, clock.instant());
        Resources limits = machine.limits();
        log.say(
                agent.id(),
                "started: a %s computer of %s cores and %s of memory"
                        .formatted(opened.isolation().kind(), limits.cpu(), limits.memory()));
        care.repositories().begin(agent, machine, opened);
        return opened;
    }

    void take(AgentId agent) throws ComputerFailure {
        holding.take(agent);
    }

    @Override
    public Keeper keeper(AgentId agent) {
        boolean wanted = store.find(agent).map(Machine::wanted).orElse(false);
        return !wanted || holders.take(agent) ? new Keeper.Here() : holders.keeper(agent);
    }

    /** Computers of this platform that are none of this server's, as they were a moment ago. */
    List<FoundComputer> found() {
        return strays.seen();
    }

    boolean confines() {
        return computers.confines();
    }

    /** The id of an agent to come for which a computer stands ready. */
    Optional<AgentId> prepared() {
        return computers.prepared();
    }

    /** Where computers are known by names, this one goes by another from now on. */
    void rename(AgentId agent, String name) {
        try {
            computers.rename(agent, name);
        } catch (ComputerFailure e) {
            logger.warn("the computer of agent {} keeps its former name: {}", agent, e.getMessage());
        }
    }

    /** Turns it off; its files stay. */
    void shut(AgentId agent, Duration grace) {
        Opened opened = open.remove(agent);
        if (opened != null) {
            opened.computer().stop(grace);
        }
    }

    /** Turns it off as people do. */
    void stop(AgentId agent) {
        boolean wasOn = open.containsKey(agent);
        shut(agent, GRACE);
        store.state(agent, MachineState.STOPPED, clock.instant());
        if (wasOn) {
            log.say(agent, "stopped");
        }
    }

    /** Removes all that a machine has on this host; whoever is about to turn it on meanwhile finds it gone. */
    void discard(AgentId agent) {
        ReentrantLock lock = turns.computeIfAbsent(agent, anew -> new ReentrantLock());
        lock.lock();
        try {
            Opened opened = open.remove(agent);
            if (opened != null) {
                opened.computer().stop(GRACE);
                opened.computer().close();
            }
            computers.discard(agent);
        } catch (ComputerFailure e) {
            logger.warn("what is left of the computer of agent {} goes with the next sweep: {}", agent, e.getMessage());
        } finally {
            lock.unlock();
        }
        care.credentials().forget(agent);
        turns.remove(agent);
    }

    @Override
    public Optional<Computer> borrow(AgentId agent) throws ComputerFailure, InterruptedException {
        Optional<Machine> found = store.find(agent);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Machine machine = found.get();
        if (!machine.wanted()) {
            throw new ComputerFailure("the computer of the agent is turned off; start the agent first");
        }
        Computer kept = turn(agent, () -> reopened(agent));
        return Optional.of(new Loan(kept, kept.workspace().guarded(path -> judge(agent, path))));
    }

    /** Tools write past the mounts of a read-only home; and the mode may come and go while a run goes on. */
    private void judge(AgentId agent, String path) throws Workspace.WriteRefused {
        Optional<Machine> now = store.find(agent);
        if (now.isPresent()) {
            ReadOnlyRule.of(now.get().settings()).judge(path);
        }
    }

    @Override
    public Set<AgentId> homes() {
        return store.homes(specs.host());
    }

    private void watch() {
        while (!closed) {
            open.forEach((agent, opened) -> {
                if (!opened.computer().isUp()) {
                    Thread.ofVirtual().name("machine-end").start(() -> ended(agent, opened));
                }
            });
            try {
                compare();
                startLeft(STARTED_AT_ONCE);
            } catch (RuntimeException e) {
                logger.debug("who has which machines is looked at again later: {}", e.toString());
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What is on here and no more this server's goes off; only then is this server sure of the rest. */
    private void compare() {
        Map<AgentId, Opened> before = Map.copyOf(open);
        holding.look(mine -> before.forEach((agent, opened) -> {
            if (!mine.contains(agent) && open.remove(agent, opened)) {
                Thread.ofVirtual().name("machine-lost").start(() -> lost(agent, opened));
            }
        }));
    }

    /** Another server has it, or it was deleted at another. */
    private void lost(AgentId agent, Opened opened) {
        try {
            turn(agent, () -> {
                opened.computer().stop(Duration.ZERO);
                if (store.find(agent).isEmpty()) {
                    computers.discard(agent);
                } else {
                    logger.warn("the computer of agent {} was taken up by another server, and is off here", agent);
                }
                return true;
            });
        } catch (ComputerFailure | InterruptedException | RuntimeException e) {
            logger.warn(
                    "the computer of agent {}, which is another's now, was not ended whole: {}", agent, e.toString());
        }
    }

    private void ended(AgentId agent, Opened opened) {
        try {
            turn(agent, () -> {
                // One that another server has ended, since this one was frozen, is that one's to tell of.
                if (!closed && holding.isSure(agent) && open.remove(agent, opened)) {
                    tellEnd(agent, opened);
                }
                return true;
            });
        } catch (ComputerFailure | InterruptedException | RuntimeException e) {
            logger.warn("the end of the computer of agent {} could not be told: {}", agent, e.toString());
        }
    }

    private void tellEnd(AgentId agent, Opened opened) {
        try {
            boolean isGone = computers.isGone(agent);
            opened.computer().stop(Duration.ZERO);
            MachineState state = isGone ? MachineState.STOPPED : MachineState.EXITED;
            store.state(agent, state, clock.instant());
            log.say(agent, isGone ? "was removed by somebody else" : "ended by itself");
            agents.find(agent)
                    .ifPresent(gone -> events.publish(new FleetEvent.Stopped(agent, gone.slug(), state.word())));
        } catch (RuntimeException e) {
            logger.warn("the end of the computer of agent {} could not be told: {}", agent, e.toString());
        }
    }

    /** Stops all; those that are to be on are started with the next server. */
    @Override
    public void close() {
        closed = true;
        strays.close();
        List<Thread> stops = open.values().stream()
                .map(opened -> Thread.ofVirtual().start(() -> opened.computer().stop(GRACE_AT_SHUTDOWN)))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join(GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        open.clear();
        holding.letGo();
    }
}
