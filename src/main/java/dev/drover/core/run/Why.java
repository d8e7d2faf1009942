package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why an agent stands where it stands (Jettson contract, section 13.9).
 *
 * @param run null of an agent that has none
 * @param holder null when no living server has it
 * @param doing the step in flight, with the name of its tool or model; of a run that is over, how it ended
 * @param waitingFor null when it waits for nothing but the step in flight
 * @param waitingId of what it waits for, where that has an id
 * @param until when that ends by itself at the latest; null when nothing ends it
 * @param unblock who can do what about it, and how
 */
public record Why(
        AgentId agent,
        @Nullable RunId run,
        RunStatus status,
        @Nullable Holder holder,
        String doing,
        @Nullable Waiter waitingFor,
        @Nullable String waitingId,
        Instant since,
        @Nullable Instant until,
        String unblock) {
    /** A server and the end of its lease, which it prolongs as long as it lives. */
    public record Holder(UUID node, Instant leaseUntil) {}

    /** What an agent can wait for besides its own step. */
    public enum Waiter {
        APPROVAL,
        BUDGET,
        RATE,
        TIMER,
        CHILD,
        OPERATOR,
        /** Another run, which is over first. */
        RUN,
        /** A free place among the runs that are worked at once. */
        PLACE,
        /** A server that is not there. */
        NODE,
        /** An issue that must be done, or that somebody must put right, before another can be worked on. */
        ISSUE
    }

    /** How long a call of a tool takes at most, where the tool has a limit of its own. */
    interface Limits {
        Optional<Duration> of(Entry.ToolCalled called);
    }

    /** The same for every asker: what was stored, and what follows from it. */
    static Why of(Run run, RunHold hold, Event last, Limits limits) {
        if (run.status().isTerminal()) {
            return over(run, last);
        }
        Footing footing = hold.footing(run.agent(), run.id(), run.status());
        Instant leaseUntil = hold.leaseUntil();
        if (!footing.isHeld() || hold.node() == null || leaseUntil == null) {
            return new Why(
                    run.agent(),
                    run.id(),
                    run.status(),
                    null,
                    "nothing: the server that had it is gone",
                    Waiter.TIMER,
                    hold.node() == null ? null : hold.node().toString(),
                    leaseUntil == null ? last.at() : leaseUntil,
                    null,
                    "any server of this Drover takes it up by itself within seconds; an operator starts one if none"
                            + " runs (drover serve), and looks for runs that nobody takes with drover check");
        }
        Step step = step(run, hold, last, limits);
        return new Why(
                run.agent(),
                run.id(),
                run.status(),
                new Holder(hold.node(), leaseUntil),
                step.doing,
                step.waitingFor,
                step.waitingId,
                last.at(),
                step.until,
                step.unblock);
    }

    /** Of an agent that has no run yet. */
    public static Why idle(AgentId agent, Instant since) {
        return new Why(
                agent,
                null,
                RunStatus.IDLE,
                null,
                "nothing: it has not run yet",
                null,
                null,
                since,
                null,
                "anybody who may run it");
    }

    /** The same of that run. */
    public Why ofRun(RunId of, RunStatus stands) {
        return new Why(agent, of, stands, holder, doing, waitingFor, waitingId, since, until, unblock);
    }

    /** The same with that server at work on it. */
    public Why held(Holder by) {
        return new Why(agent, run, status, by, doing, waitingFor, waitingId, since, until, unblock);
    }

    /** The same, when something else is known of what it waits for. */
    public Why waiting(
            @Nullable Waiter waiter, @Nullable String id, String does, Instant from, @Nullable Instant end, String by) {
        return new Why(agent, run, status, holder, does, waiter, id, from, end, by);
    }

    private static Why over(Run run, Event last) {
        String how = switch (last.entry()) {
            case Entry.Completed completed -> "completed";
            case Entry.Failed failed -> RunStore.word(failed.reason()) + ": " + failed.message();
            case Entry.Stopped stopped -> "stopped by " + stopped.by();
            default -> RunStore.word(run.status());
        };
        return new Why(
                run.agent(), run.id(), run.status(), null, how, null, null, last.at(), last.at(), "nobody: it is over");
    }

    /** What a run that a living server holds does, and what it waits for. */
    private record Step(
            String doing,
            @Nullable Waiter waitingFor,
            @Nullable String waitingId,
            @Nullable Instant until,
            String unblock) {}

    private static Step step(Run run, RunHold hold, Event last, Limits limits) {
        RunId before = hold.before();
        if (before != null && run.status() == RunStatus.SPAWNING) {
            return new Step(
                    "waiting for run " + before + ", which is before it on its thread",
                    Waiter.RUN,
                    before.toString(),
                    null,
                    "it begins by itself when that run is over; the agent's owner or an operator can end that one: "
                            + stopping(before));
        }
        if (last.entry() instanceof Entry.ModelFailed failed && failed.nextTry() != null) {
            return new Step(
                    "model " + hold.profile() + ", which failed: " + failed.reason(),
                    Waiter.TIMER,
                    null,
                    last.at().plusMillis(failed.nextTry()),
                    "it tries again by itself; an operator can mend the model's settings (drover doctor)");
        }
        String stop = "wait, or stop it: the agent's owner or an operator, by drover stop "
                + Spelling.AGENT.of(run.agent().value()) + " or " + stopping(run.id());
        return new Step(doing(run, hold, last.entry()), null, null, until(hold, last, limits), stop);
    }

    private static String stopping(RunId run) {
        return "POST /api/v1/runs/" + run + "/stop";
    }

    private static @Nullable Instant until(RunHold hold, Event last, Limits limits) {
        Instant deadline = hold.deadline();
        if (last.entry() instanceof Entry.ToolCalled called && hold.runtime() == null) {
            Optional<Instant> limit = limits.of(called).map(last.at()::plus);
            return deadline == null
                    ? limit.orElse(null)
                    : limit.filter(deadline::isAfter).orElse(deadline);
        }
        return deadline;
    }

    private static String doing(Run run, RunHold hold, Entry last) {
        String runtime = hold.runtime();
        if (run.status() == RunStatus.SPAWNING) {
            return hold.isBriefed() ? "about to begin" : "opening its computer";
        }
        if (runtime != null) {
            String inside = last instanceof Entry.ToolCalled called
                    ? ", at its tool " + called.call().tool()
                    : "";
            return "program " + runtime + inside;
        }
        return switch (last) {
            case Entry.ModelCalled called ->
                "model %s, iteration %d, attempt %d".formatted(hold.profile(), called.iteration(), called.attempt());
            case Entry.ToolCalled called -> "tool " + called.call().tool();
            default -> "between two steps";
        };
    }
}
