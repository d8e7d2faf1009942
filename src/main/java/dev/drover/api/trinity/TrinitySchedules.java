package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.id.ScheduleId;
import dev.drover.core.id.Spelling;
import dev.drover.core.schedule.Schedule;
import dev.drover.core.schedule.ScheduleOrder;
import dev.drover.core.schedule.Schedules;
import java.util.UUID;

/** Schedules of an agent (contract, section 6). */
public final class TrinitySchedules {
    private static final int USUAL_PAGE = 50;

    private final Schedules schedules;
    private final TrinityAgentPath path;

    public TrinitySchedules(Schedules schedules, TrinityAgentPath path) {
        this.schedules = schedules;
        this.path = path;
    }

    public Operation list() {
        return Operation.of("List an agent's schedules, oldest first", this::list)
                .answers(200, TrinitySchedule[].class)
                .refuses(403, 404);
    }

    private Answer list(Call call) {
        Reached reached = path.forUse(call);
        return Answer.ok(schedules.list(reached.id()).stream()
                .map(schedule -> TrinitySchedule.of(reached.name(), schedule))
                .toList());
    }

    public Operation create() {
        return Operation.of("Give an agent work by the clock; it is begun while autonomy is on", this::create)
                .takes(TrinitySchedule.Wish.class)
                .answers(201, TrinitySchedule.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer create(Call call) {
        Reached reached = path.forUse(call);
        ScheduleOrder order = TrinityBody.read(call, TrinitySchedule.Wish::made);
        return Answer.json(201, TrinitySchedule.of(reached.name(), schedules.create(reached, order)));
    }

    public Operation get() {
        return Operation.of("Look at one schedule", this::get)
                .answers(200, TrinitySchedule.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached reached = path.forUse(call);
        return shown(reached, schedules.get(reached.id(), id(call)));
    }

    public Operation change() {
        return Operation.of("Change what is given of a schedule; its creator and the agent's owner may", this::change)
                .takes(TrinitySchedule.Wish.class)
                .answers(200, TrinitySchedule.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer change(Call call) {
        Reached reached = path.forUse(call);
        ScheduleId id = id(call);
        schedules.refuseStranger(reached, id);
        TrinitySchedule.Change change = TrinityBody.read(call, TrinitySchedule.Wish::changed);
        return shown(reached, schedules.change(reached, id, change::of));
    }

    public Operation delete() {
        return Operation.of("Delete a schedule with what it made; its creator and the agent's owner may", this::delete)
                .answersType(204, "")
                .refuses(403, 404);
    }

    private Answer delete(Call call) {
        Reached reached = path.forUse(call);
        schedules.delete(reached, id(call));
        return Answer.noContent();
    }

    public Operation enable() {
        return Operation.of("Switch a schedule on", call -> enable(call, true))
                .answers(200, TrinitySchedule.class)
                .refuses(403, 404);
    }

    public Operation disable() {
        return Operation.of("Switch a schedule off", call -> enable(call, false))
                .answers(200, TrinitySchedule.class)
                .refuses(403, 404);
    }

    private Answer enable(Call call, boolean on) {
        Reached reached = path.forUse(call);
        return shown(reached, schedules.enable(reached, id(call), on));
    }

    public Operation trigger() {
        return Operation.of("Begin the work of a schedule now, whatever the switches say", this::trigger)
                .answers(200, Triggered.class)
                .refuses(400, 403, 404, 429);
    }

    private Answer trigger(Call call) {
        Reached reached = path.forUse(call);
        Schedule schedule = schedules.get(reached.id(), id(call));
        return TrinityOutcomes.begun(
                () -> schedules.trigger(reached, schedule),
                started -> Answer.ok(new Triggered(
                        "triggered",
                        schedule.id().value(),
                        schedule.order().name(),
                        reached.name(),
                        "Schedule triggered",
                        started.id())));
    }

    public Operation executions() {
        return Operation.of("List what a schedule made, newest first", this::executions)
                .query("limit", Integer.class, "How many at most, 50 unless told")
                .answers(200, TrinityExecution[].class)
                .refuses(403, 404);
    }

    private Answer executions(Call call) {
        Reached reached = path.forUse(call);
        Schedule schedule = schedules.get(reached.id(), id(call));
        int limit = call.limit(USUAL_PAGE, TrinityExecutions.LARGEST_PAGE);
        return Answer.ok(schedules.executions(schedule, limit).stream()
                .map(execution -> TrinityExecution.listed(reached.name(), execution))
                .toList());
    }

    private static Answer shown(Reached reached, Schedule schedule) {
        return Answer.ok(TrinitySchedule.of(reached.name(), schedule));
    }

    private static ScheduleId id(Call call) {
        String id = call.path("schedule_id");
        if (!Spelling.isUuid(id)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.SCHEDULE, id));
        }
        return new ScheduleId(UUID.fromString(id));
    }

    record Triggered(
            String status, UUID scheduleId, String scheduleName, String agentName, String message, UUID executionId) {}
}
