package dev.drover.core.run;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.computer.Computer;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.usage.Plan;
import dev.drover.core.usage.RateRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What callers do with runs. */
public final class Runs {
    private static final int READERS = 6;

    private final RunRoom room;
    private final Spawning spawning;
    private final Forking forking;
    private final Starting starting;
    private final RunEnder ender;

    /**
     * One event may wake thousands of followers. They read some at a time, so that they take the database neither from
     * each other nor from everybody else.
     */
    private final Semaphore reading = new Semaphore(READERS, true);

    public Runs(RunRoom room, RunWorker worker) {
        this.room = room;
        this.spawning = new Spawning(room, worker);
        this.forking = new Forking(room, spawning);
        this.starting = new Starting(room, worker);
        this.ender = room.ender();
    }

    /** Accepts a task: stores agent, run and first event, and returns at once; the work goes on elsewhere. */
    public Spawned spawn(Caller caller, SpawnAgent order) {
        return spawning.spawn(caller, order, Birth.PLANNING);
    }

    /** Accepts to go on from a step of an agent's run, in a new agent with a computer of its own. */
    public ForkedRun fork(Caller caller, ForkRun order) {
        return forking.fork(caller, order);
    }

    /**
     * Accepts a further run of an agent of the caller, and returns at once; the work goes on elsewhere.
     *
     * @param andStore is done in the same transaction; what it throws undoes all
     */
    public StartedRun start(Caller caller, StartRun order, Runnable andStore) {
        return starting.start(caller, order, run -> andStore.run());
    }

    /** The same; what is stored besides may refer to the run. */
    public StartedRun start(Caller caller, StartRun order, Consumer<StartedRun> andStore) {
        return starting.start(caller, order, andStore);
    }

    /** What is left of the caller's rate; empty when nothing limits it. */
    public Optional<RateRoom> rateRoom(Caller caller) {
        Plan plan = room.workshop().plan();
        if (!plan.limitsRate(caller.rate())) {
            return Optional.empty();
        }
        Instant now = room.workshop().clock().instant();
        return plan.room(room.stores().standings().standing(caller, plan, now), caller.rate(), now);
    }

    /**
     * The caller's agents that are wanted, newest first, after the one given; refused as invalid {@code cursor} when
     * that one is not the caller's.
     */
    public Page<RunView> list(Caller caller, AgentFilter filter, int limit, @Nullable AgentId after) {
        if (after != null && room.stores().views().run(caller, after).isEmpty()) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<RunView> found = room.stores().views().list(caller, filter, limit + 1, after);
        List<RunView> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                page, found.size() > limit ? page.getLast().agent().id().toString() : null);
    }

    /** The agent as it stands, with the newest 200 lines of its story. */
    public RunView get(Caller caller, AgentId agent) {
        return room.stores().views().find(caller, agent).orElseThrow(() -> unknown(agent));
    }

    /** Ends a run as stopped; one that is over stays as it is. What is returned shows the real status. */
    public RunView stop(Caller caller, AgentId agent) {
        end(caller.actor(), agent, runOf(caller, agent), new Entry.Stopped(caller.actor()));
        return get(caller, agent);
    }

    /** Ends a run as stopped; one that is over stays as it is. */
    public void stop(Caller caller, StartedRun run) {
        end(caller.actor(), run.agent(), run.id(), new Entry.Stopped(caller.actor()));
    }

    /** Ends a run that took longer than its caller can wait; one that is over stays as it is. */
    public void expire(Caller caller, StartedRun run, Duration waited) {
        String why = "the run was not over after " + waited.toSeconds() + " s, which is as long as its caller waits";
        end(caller.actor(), run.agent(), run.id(), new Entry.Failed(FailureReason.MAX_DURATION_EXCEEDED, why));
    }

    /** Ends all runs of an agent as stopped, those too that begin meanwhile; how many there were. */
    public int endAll(Caller caller, AgentId agent) {
        return endAll(caller.actor(), agent);
    }

    /** The same by somebody who is no caller, such as the house itself: as the audit names it. */
    public int endAll(String actor, AgentId agent) {
        int ended = 0;
        List<RunId> live = room.stores().rows().live(agent);
        while (!live.isEmpty()) {
            live.forEach(run -> end(actor, agent, run, new Entry.Stopped(actor)));
            ended += live.size();
            live = room.stores().rows().live(agent);
        }
        return ended;
    }

    private void end(String actor, AgentId agent, RunId run, Entry.Ended entry) {
        boolean ended = ender.end(run, entry, () -> {
            room.audit().record(actor, "agent.stop", agent.toString(), "run " + run);
            room.notices().stopped(run);
        });
        if (ended) {
            room.liveRuns().stop(run);
            room.bells().ring(run);
        }
    }

    /**
     * Deletes an agent: ends its runs and takes what they said out of the database, together with all that other rooms
     * store of it; the runs stay counted.
     */
    public void forget(Caller caller, AgentId agent) {
        Entry.Stopped stopped = new Entry.Stopped(caller.actor());
        boolean forgotten;
        do {
            room.stores().rows().live(agent).forEach(run -> end(caller.actor(), agent, run, stopped));
            forgotten = room.transactions().call(() -> forgetEnded(caller, agent, stopped));
        } while (!forgotten);
        room.agents().gone(agent);
    }

    /** False, and nothing is done, when a run has begun meanwhile: none does once the agent is locked. */
    private boolean forgetEnded(Caller caller, AgentId agent, Entry.Stopped stopped) {
        room.agents().lock(caller, agent);
        if (!room.stores().rows().live(agent).isEmpty()) {
            return false;
        }
        room.agents().delete(caller, agent);
        room.stores().events().forget(agent, stopped);
        room.stores().rows().forget(agent);
        room.artifacts().forget(agent);
        room.audit().record(caller.actor(), "agent.delete", agent.toString(), "");
        return true;
    }

    /** A run of the caller's agent by its number; empty when there is none. */
    public Optional<StartedRun> started(Caller caller, AgentId agent, int ordinal) {
        room.agents().get(caller, agent);
        return room.stores().rows().started(agent, ordinal);
    }

    /** A run by its identity, without regard to who asks. */
    public Optional<StartedRun> started(RunId run) {
        return room.stores().rows().started(run);
    }

    /** Follows the entries of those kinds behind a place in the log; the kinds of ends always belong to them. */
    public Follower follow(StartedRun run, long after, Set<EventKind> kinds) {
        return new LogFollower(
                LogFollower.entries(room.stores().events(), run.id(), EventKind.withEnds(kinds)),
                room.bells(),
                reading,
                run.id(),
                after);
    }

    /** Follows all entries behind a place in the log; refused as invalid {@code after} when it has not come so far. */
    Follower follow(StartedRun run, long after) {
        long last = room.stores().events().end(run.id()).seq();
        if (after > last) {
            throw new Refused(new Problem.Invalid("after", after + " is beyond the log, which ends at " + last));
        }
        boolean isOver = after == last && isOver(run.id(), end -> end.seq() == after);
        LogFollower follower = new LogFollower(
                LogFollower.entries(room.stores().events(), run.id(), EnumSet.allOf(EventKind.class)),
                room.bells(),
                reading,
                run.id(),
                after);
        return isOver ? follower.overAlready() : follower;
    }

    /** The completed runs of a lane, oldest first. */
    public List<LaneRun> inLane(UUID lane) {
        return room.stores().lanes().runs(lane);
    }

    /** Whether a run of the agent is not over. */
    public boolean isBusy(AgentId agent) {
        return !room.stores().rows().live(agent).isEmpty();
    }

    /** The computer that the agent's newest run on this server has opened; empty when no run has one open here. */
    public Optional<Computer> openComputer(AgentId agent) {
        return room.stores().rows().live(agent).stream()
                .sorted(Comparator.comparing((RunId run) -> run.value().toString())
                        .reversed())
                .flatMap(run -> room.liveRuns().openComputer(run).stream())
                .findFirst();
    }

    /** Whether a run of the lane is not over. */
    public boolean isBusy(UUID lane) {
        return room.stores().lanes().isBusy(lane);
    }

    /** A page of steps; its cursor is the number of the last step. */
    public Page<Event> logs(Caller caller, AgentId agent, LogQuery query) {
        RunId run = runOf(caller, agent);
        List<Event> found = room.stores()
                .events()
                .steps(run, new LogQuery(query.after(), query.limit() + 1, query.newestFirst(), query.kinds()));
        List<Event> page = found.subList(0, Math.min(query.limit(), found.size()));
        return new Page<>(
                page,
                found.size() > query.limit() ? String.valueOf(page.getLast().step()) : null);
    }

    /** Follows the steps behind the one given; refused as invalid {@code after} when the log has not come so far. */
    public Follower follow(Caller caller, AgentId agent, long after, Set<EventKind> kinds) {
        RunId run = runOf(caller, agent);
        long last = room.stores().events().end(run).step();
        if (after > last) {
            throw new Refused(new Problem.Invalid("after", after + " is beyond the log, which ends at " + last));
        }
        boolean isOver = after == last && isOver(run, end -> end.step() == after);
        LogFollower follower = new LogFollower(
                LogFollower.steps(room.stores().events(), run, Set.copyOf(kinds)), room.bells(), reading, run, after);
        return isOver ? follower.overAlready() : follower;
    }

    /** Whether its end lies there too, which is read anew: the run may have come to it since somebody looked. */
    private boolean isOver(RunId run, Predicate<LogEnd> there) {
        RunLogStore events = room.stores().events();
        return events.isOver(run) && there.test(events.end(run));
    }

    private RunId runOf(Caller caller, AgentId agent) {
        return room.stores().views().run(caller, agent).orElseThrow(() -> unknown(agent));
    }

    private static Refused unknown(AgentId agent) {
        return new Refused(new Problem.NotFound(Problem.Thing.AGENT, agent.toString()));
    }
}
