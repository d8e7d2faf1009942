package dev.drover.core.schedule;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.Execution;
import dev.drover.core.execution.ExecutionQuery;
import dev.drover.core.execution.StartedExecution;
import dev.drover.core.execution.Trigger;
import dev.drover.core.execution.Work;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ScheduleId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is done with schedules; every change is in force when it returns. */
public final class Schedules {
    private final ScheduleRoom room;

    public Schedules(ScheduleRoom room) {
        this.room = room;
    }

    /** The oldest first. */
    public List<Schedule> list(AgentId agent) {
        return room.store().list(agent);
    }

    /** Refused as not found when the agent has none such. */
    public Schedule get(AgentId agent, ScheduleId id) {
        return room.store()
                .find(agent, id)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.SCHEDULE, id.toString())));
    }

    public Schedule create(Reached reached, ScheduleOrder order) {
        check(reached, order);
        ScheduleId id = new ScheduleId(room.ids().next());
        return room.transactions().call(() -> {
            room.agents().lock(reached.behalf(), reached.id());
            Instant now = now();
            room.store()
                    .insert(id, reached.id(), reached.caller().user().id(), order, now, next(reached.id(), order, now));
            return changed(reached, id, "schedule.create");
        });
    }

    /** Changes an order one after the other, whoever asks at the same time; only its creator and owners may. */
    public Schedule change(Reached reached, ScheduleId id, UnaryOperator<ScheduleOrder> change) {
        refuseStranger(reached, id);
        return changed(reached, id, "schedule.change", change);
    }

    /** The same for all who may use the agent; no change when it is so already. */
    public Schedule enable(Reached reached, ScheduleId id, boolean on) {
        return changed(reached, id, on ? "schedule.enable" : "schedule.disable", order -> order.enabled(on));
    }

    private Schedule changed(Reached reached, ScheduleId id, String action, UnaryOperator<ScheduleOrder> change) {
        return room.transactions().call(() -> {
            room.agents().lock(reached.behalf(), reached.id());
            Schedule before = get(reached.id(), id);
            ScheduleOrder order = change.apply(before.order());
            if (order.equals(before.order())) {
                return before;
            }
            check(reached, order);
            Instant now = now();
            room.store().change(id, order, now, next(reached.id(), order, now));
            return changed(reached, id, action);
        });
    }

    private Schedule changed(Reached reached, ScheduleId id, String action) {
        room.audit().record(reached.caller().actor(), action, reached.id().toString(), id.toString());
        room.changed();
        return get(reached.id(), id);
    }

    /** Takes what it made with it. */
    public void delete(Reached reached, ScheduleId id) {
        refuseStranger(reached, id);
        room.transactions().run(() -> {
            room.agents().lock(reached.behalf(), reached.id());
            if (room.store().delete(id)) {
                room.executions().forget(id.value());
                room.audit()
                        .record(
                                reached.caller().actor(),
                                "schedule.delete",
                                reached.id().toString(),
                                id.toString());
            }
        });
    }

    /** All schedules of an agent that is deleted, in the caller's transaction. */
    public void forget(AgentId agent) {
        for (Schedule schedule : room.store().list(agent)) {
            room.store().delete(schedule.id());
            room.executions().forget(schedule.id().value());
        }
    }

    /** Begins its work at once: that is a person's approval, whatever the switches say. */
    public StartedExecution trigger(Reached reached, Schedule schedule) {
        Work.Cause cause = new Work.Cause(Trigger.MANUAL, null, schedule.id().value(), null);
        return room.executions()
                .task(
                        reached.behalf(),
                        reached.agent(),
                        work(schedule.order(), cause),
                        run -> room.store().began(schedule.id(), run.createdAt()));
    }

    /** What it made, the newest first. */
    public List<Execution> executions(Schedule schedule, int limit) {
        return room.executions()
                .list(new ExecutionQuery(schedule.agent(), schedule.id().value(), null, null, null, limit));
    }

    static Work work(ScheduleOrder order, Work.Cause cause) {
        return new Work(order.message(), order.model(), order.tools(), null, order.timeout(), null, cause);
    }

    private void check(Reached reached, ScheduleOrder order) {
        room.cron(order);
        room.executions().refuseUnknown(reached.agent(), order.model());
    }

    private @Nullable Instant next(AgentId agent, ScheduleOrder order, Instant now) {
        boolean fires = order.enabled() && room.machines().settings(agent).autonomy();
        return fires ? room.cron(order).next(now).orElse(null) : null;
    }

    private Instant now() {
        return room.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Refuses whoever may use the agent, but neither made the schedule nor owns the agent; an agent owns nothing. */
    public void refuseStranger(Reached reached, ScheduleId id) {
        boolean isCreator =
                get(reached.id(), id).createdBy().equals(reached.caller().user().id())
                        && reached.caller().agent() == null;
        if (!isCreator) {
            reached.forOwner();
        }
    }
}
