package dev.drover.core.execution;

import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Reached;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.Follower;
import dev.drover.core.run.StartedRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tasks of agents that keep a computer, and all that they did. */
public final class Executions {
    private static final int LONGEST_NAME = 63;

    private final ExecutionRoom room;
    private final Launcher launcher;

    public Executions(ExecutionRoom room) {
        this.room = room;
        this.launcher = new Launcher(room);
    }

    /**
     * Who asked: the agent that calls, or that somebody says it calls for, and else the usual.
     *
     * @param told the name of that agent, as somebody tells it
     */
    public Work.Cause cause(Caller caller, Trigger usual, @Nullable String told) {
        AgentId self = caller.agent();
        Optional<String> source = self == null
                ? Optional.ofNullable(told).map(String::strip).filter(name -> !name.isEmpty())
                : room.agents().find(self).map(Agent::slug);
        return source.map(name -> new Work.Cause(
                        Trigger.AGENT, name.substring(0, Math.min(name.length(), LONGEST_NAME)), null, null))
                .orElse(Work.Cause.of(usual));
    }

    /**
     * Begins a task beside all others, and returns at once; refused when the agent's computer was turned off.
     *
     * @throws CapacityFull when it does as many as it may
     */
    public StartedExecution task(Reached reached, Work work) {
        return task(reached.behalf(), reached.agent(), work, run -> {});
    }

    /**
     * The same for an owner.
     *
     * @param within is done in the transaction that stores it; what it throws undoes all
     */
    public StartedExecution task(Caller owner, Agent agent, Work work, Consumer<StartedRun> within) {
        int most = room.machines().settings(agent.id()).parallelTasks();
        StartedRun run = launcher.launch(owner, agent, work, UUID.randomUUID(), null, begun -> {
            within.accept(begun);
            int active = room.store().active(agent.id()).size();
            if (active >= most) {
                throw new CapacityFull("Agent '" + agent.slug() + "' is at capacity: " + active + " of " + most
                        + " parallel tasks are running; wait for one to end, or raise max_parallel_tasks");
            }
        });
        return new StartedExecution(run, null);
    }

    /** Whether somebody turned the agent's computer off, so that nothing is begun on it. */
    public boolean isOff(Agent agent) {
        return launcher.isOff(agent);
    }

    /** Refuses a model that the agent cannot be asked to use; null is its own. */
    public void refuseUnknown(Agent agent, @Nullable String model) {
        launcher.profile(agent, model);
    }

    /** Keeps a record of work that was due and is not done; false when there is one of that due moment already. */
    public boolean skip(Agent agent, Work work, String reason) {
        UUID schedule = work.cause().schedule();
        Instant tick = work.cause().tick();
        if (schedule != null && tick != null && room.store().isRecorded(schedule, tick)) {
            return false;
        }
        ExecutionStore.Setting setting = new ExecutionStore.Setting(
                work.model() == null ? agent.profile() : work.model(),
                0,
                room.clock().instant());
        room.store().insert(room.ids().next(), agent.id(), null, work, setting, reason);
        return true;
    }

    /** Whether something that a schedule made is not over. */
    public boolean isBusy(AgentId agent, UUID schedule) {
        return room.store().isBusy(agent, schedule);
    }

    /** The parallel tasks that an agent is working on, oldest first. */
    public List<UUID> active(AgentId agent) {
        return room.store().active(agent);
    }

    /** The newest first. */
    public List<Execution> list(ExecutionQuery query) {
        return room.store().list(query);
    }

    public Optional<Execution> find(AgentId agent, UUID id) {
        return room.store().find(agent, id);
    }

    /** Ends one; false when it was over already. */
    public boolean cancel(Reached reached, Execution execution) {
        if (execution.status().isOver()) {
            return false;
        }
        room.runs().started(execution.run()).ifPresent(run -> room.runs().stop(reached.behalf(), run));
        return true;
    }

    /** Follows the entries of those kinds behind a place in the log of an execution that has a run. */
    public Follower follow(Execution execution, long after, Set<EventKind> kinds) {
        return room.runs()
                .started(execution.run())
                .map(run -> room.runs().follow(run, after, kinds))
                .orElseThrow(() -> new IllegalStateException("execution " + execution.id() + " never ran"));
    }

    /** Forgets what a schedule made, in the caller's transaction. */
    public void forget(UUID schedule) {
        room.store().forget(schedule);
    }
}
