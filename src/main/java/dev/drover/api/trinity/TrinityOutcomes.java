package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.CapacityFull;
import dev.drover.core.execution.Execution;
import dev.drover.core.execution.Executions;
import dev.drover.core.execution.StartedExecution;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What came of work that was begun: waited for, streamed, or only told where to look for it. */
final class TrinityOutcomes {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Duration STORED_ALREADY = Duration.ofMillis(50);
    private static final String EXECUTION = "X-Execution-Id";

    private final Executions executions;

    TrinityOutcomes(Executions executions) {
        this.executions = executions;
    }

    /** Begins the work and answers with its end, or with its log as it grows; going away leaves it alone. */
    Answer of(Call call, Reached reached, Supplier<StartedExecution> work) {
        return begun(work, started -> wantsStream(call) ? streamed(reached, started) : awaited(reached, started));
    }

    /** Begins the work; an agent that does as much as it may is a 429. */
    static Answer begun(Supplier<StartedExecution> work, Function<StartedExecution, Answer> then) {
        StartedExecution started;
        try {
            started = work.get();
        } catch (CapacityFull e) {
            return TrinityError.answer(429, e.sentence()).retryAfter(null);
        }
        return then.apply(started).with(EXECUTION, started.id().toString());
    }

    private static boolean wantsStream(Call call) {
        String accept = call.header("Accept");
        return accept != null && accept.contains("text/event-stream");
    }

    private Answer streamed(Reached reached, StartedExecution started) {
        return Answer.stream(new TrinityExecutionFrames(
                executions.follow(found(reached, started), 0, TrinityLogEntry.KINDS),
                new TrinityExecutionFrames.Head(started.id(), started.session())));
    }

    private Execution found(Reached reached, StartedExecution started) {
        return executions
                .find(reached.id(), started.id())
                .orElseThrow(() -> new Refused(new Problem.NotFound(
                        Problem.Thing.EXECUTION, started.id().toString())));
    }

    private Answer awaited(Reached reached, StartedExecution started) {
        List<Event> events = new ArrayList<>();
        try (Follower follower = executions.follow(found(reached, started), 0, TrinityLogEntry.KINDS)) {
            while (!follower.ended()) {
                events.addAll(follower.next(LOOK_AGAIN));
            }
        } catch (InterruptedException e) {
            throw stopping();
        }
        return switch (events.getLast().entry()) {
            case Entry.Completed completed ->
                Answer.ok(
                        TrinityReply.of(reached.name(), found(reached, started), completed.result(), entries(events)));
            case Entry.Failed failed
            when failed.reason() == FailureReason.MAX_DURATION_EXCEEDED ->
                TrinityError.answer(504, "Execution timed out: " + failed.message());
            case Entry.Failed failed -> TrinityError.answer(500, "Execution failed: " + failed.message());
            default -> TrinityError.answer(409, "Execution was cancelled");
        };
    }

    /** What is stored of its log by now. */
    List<TrinityLogEntry> log(Execution execution) {
        List<Event> events = new ArrayList<>();
        try (Follower follower = executions.follow(execution, 0, TrinityLogEntry.KINDS)) {
            List<Event> page = follower.next(STORED_ALREADY);
            while (!page.isEmpty()) {
                events.addAll(page);
                page = follower.next(STORED_ALREADY);
            }
        } catch (InterruptedException e) {
            throw stopping();
        }
        return entries(events);
    }

    private static List<TrinityLogEntry> entries(List<Event> events) {
        return events.stream()
                .flatMap(event -> TrinityLogEntry.of(event).stream())
                .toList();
    }

    private static Refused stopping() {
        Thread.currentThread().interrupt();
        return new Refused(
                new Problem.Unavailable("the server is stopping; the execution goes on when it is back", null));
    }
}
