package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.Execution;
import dev.drover.core.execution.ExecutionQuery;
import dev.drover.core.execution.ExecutionStatus;
import dev.drover.core.execution.Executions;
import dev.drover.core.execution.Trigger;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Event;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an agent did: chat, tasks and what schedules began (contract, section 6). */
public final class TrinityExecutions {
    private static final int USUAL_PAGE = 50;
    static final int LARGEST_PAGE = 1_000;

    private final Executions executions;
    private final TrinityAgentPath path;
    private final TrinityOutcomes outcomes;

    public TrinityExecutions(Executions executions, TrinityAgentPath path) {
        this.executions = executions;
        this.path = path;
        this.outcomes = new TrinityOutcomes(executions);
    }

    public Operation list() {
        return Operation.of("List what an agent did, newest first", this::list)
                .query("limit", Integer.class, "How many at most, 50 unless told")
                .query("status", String.class, "Only those: pending, running, success, failed, cancelled, skipped")
                .query("triggered_by", String.class, "Only those: manual, chat, schedule, agent")
                .query("cursor", String.class, "The X-Next-Cursor of an earlier page")
                .answers(200, TrinityExecution[].class)
                .refuses(400, 403, 404);
    }

    private Answer list(Call call) {
        Reached reached = path.forUse(call);
        int limit = call.limit(USUAL_PAGE, LARGEST_PAGE);
        List<Execution> found = executions.list(new ExecutionQuery(
                reached.id(),
                null,
                filter(call, "status", ExecutionStatus::of),
                filter(call, "triggered_by", Trigger::of),
                filter(call, "cursor", TrinityExecutions::uuid),
                limit + 1));
        List<Execution> page = found.subList(0, Math.min(limit, found.size()));
        Answer answer = Answer.ok(page.stream()
                .map(execution -> TrinityExecution.listed(reached.name(), execution))
                .toList());
        return found.size() > limit
                ? answer.with("X-Next-Cursor", page.getLast().id().toString())
                : answer;
    }

    private static <T> @Nullable T filter(Call call, String name, Function<String, Optional<T>> reader) {
        String word = call.query(name);
        return word == null
                ? null
                : reader.apply(word)
                        .orElseThrow(() -> new Refused(new Problem.Unacceptable(
                                "Unknown " + name + " '" + word + "'; see /docs for what it may be")));
    }

    private static Optional<UUID> uuid(String text) {
        return Optional.of(text).filter(Spelling::isUuid).map(UUID::fromString);
    }

    public Operation get() {
        return Operation.of("Look at one execution, with its log", this::get)
                .answers(200, TrinityExecution.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached reached = path.forUse(call);
        Execution execution = found(call, reached);
        return Answer.ok(TrinityExecution.of(reached.name(), execution, log(execution)));
    }

    public Operation log() {
        return Operation.of("Read the log of one execution", this::log)
                .answers(200, Log.class)
                .refuses(403, 404);
    }

    private Answer log(Call call) {
        Reached reached = path.forUse(call);
        Execution execution = found(call, reached);
        List<TrinityLogEntry> log = log(execution);
        return Answer.ok(new Log(
                execution.id(),
                reached.name(),
                !log.isEmpty(),
                log,
                execution.startedAt(),
                execution.completedAt(),
                execution.status().word()));
    }

    private List<TrinityLogEntry> log(Execution execution) {
        return execution.status() == ExecutionStatus.SKIPPED ? List.of() : outcomes.log(execution);
    }

    public Operation stream() {
        return Operation.of("Follow one execution; 204 when it is over and all of it was read", this::stream)
                .header("Last-Event-ID", String.class, "Goes on behind that event of an earlier stream")
                .answersType(200, "text/event-stream")
                .answersType(204, "")
                .refuses(400, 403, 404);
    }

    private Answer stream(Call call) {
        Reached reached = path.forUse(call);
        Execution execution = found(call, reached);
        long after = after(call.header("Last-Event-ID"));
        if (execution.status() == ExecutionStatus.SKIPPED || isReadWhole(execution, after)) {
            return Answer.noContent();
        }
        TrinityExecutionFrames.Head head =
                after > 0 ? null : new TrinityExecutionFrames.Head(execution.id(), execution.session());
        return Answer.stream(
                new TrinityExecutionFrames(executions.follow(execution, after, TrinityLogEntry.KINDS), head));
    }

    private static long after(@Nullable String last) {
        if (last == null || last.isBlank()) {
            return 0;
        }
        if (!last.matches("\\d{1,18}")) {
            throw new Refused(new Problem.Unacceptable(
                    "Last-Event-ID must be the id of an event of this execution, but is '" + last + "'"));
        }
        return Long.parseLong(last);
    }

    private boolean isReadWhole(Execution execution, long after) {
        if (after == 0 || !execution.status().isOver()) {
            return false;
        }
        try (Follower end = executions.follow(execution, 0, Set.of())) {
            List<Event> last = end.next(Duration.ofSeconds(5));
            return !last.isEmpty() && last.getLast().seq() <= after;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Operation terminate() {
        return Operation.of("Cancel one execution; one that is over stays as it is", this::terminate)
                .answers(200, Terminated.class)
                .refuses(403, 404);
    }

    private Answer terminate(Call call) {
        Reached reached = path.forUse(call);
        Execution execution = found(call, reached);
        boolean ended = executions.cancel(reached, execution);
        return Answer.ok(new Terminated(ended ? "terminated" : "already_finished", execution.id()));
    }

    private Execution found(Call call, Reached reached) {
        String id = call.path("execution_id");
        return uuid(id).flatMap(uuid -> executions.find(reached.id(), uuid))
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.EXECUTION, id)));
    }

    record Log(
            UUID executionId,
            String agentName,
            boolean hasLog,
            List<TrinityLogEntry> log,
            Instant startedAt,
            @Nullable Instant completedAt,
            String status) {}

    record Terminated(String status, UUID executionId) {}
}
