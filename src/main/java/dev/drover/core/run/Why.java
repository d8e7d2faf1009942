package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a run stands where it stands (Jettson contract, section 13.9).
 *
 * @param holder null when no living server has it
 * @param doing the step in flight, with the name of its tool or model; of a run that is over, how it ended
 * @param waitingFor null when it waits for nothing but the step in flight
 * @param until when that ends by itself at the latest; null when nothing ends it
 * @param unblock who can do what about it
 */
public record Why(
        AgentId agent,
        RunStatus status,
        @Nullable Holder holder,
        String doing,
        @Nullable Waiter waitingFor,
        Instant since,
        @Nullable Instant until,
        String unblock) {
    /** A server and the end of its lease, which it prolongs as long as it lives. */
    public record Holder(UUID node, Instant leaseUntil) {}

    /** What a run can wait for besides its own step. */
    public enum Waiter {
        TIMER
    }

    private static final String WAIT_OR_STOP = "wait, or stop the agent";

    /** The same for every asker: what was stored, and what follows from it. */
    static Why of(Run run, RunHold hold, Event last, Instant now) {
        if (run.status().isTerminal()) {
            return over(run, last);
        }
        if (hold.node() == null
                || hold.leaseUntil() == null
                || !hold.leaseUntil().isAfter(now)) {
            Instant since = hold.leaseUntil() == null ? last.at() : hold.leaseUntil();
            return new Why(
                    run.agent(),
                    run.status(),
                    null,
                    "nothing: the server that had it is gone",
                    Waiter.TIMER,
                    since,
                    null,
                    "any server of this Drover takes it up by itself within seconds; start one if none runs");
        }
        Holder holder = new Holder(hold.node(), hold.leaseUntil());
        if (last.entry() instanceof Entry.ModelFailed failed && failed.nextTry() != null) {
            return new Why(
                    run.agent(),
                    run.status(),
                    holder,
                    "model " + hold.profile() + ", which failed: " + failed.reason(),
                    Waiter.TIMER,
                    last.at(),
                    last.at().plusMillis(failed.nextTry()),
                    "it tries again by itself; an operator can mend the model's settings");
        }
        return new Why(
                run.agent(),
                run.status(),
                holder,
                doing(hold, last.entry()),
                null,
                last.at(),
                hold.deadline(),
                WAIT_OR_STOP);
    }

    /** Of an agent that has no run yet. */
    static Why idle(Run none) {
        return new Why(
                none.agent(),
                none.status(),
                null,
                "nothing: it has not run yet",
                null,
                none.createdAt(),
                null,
                "anybody who may run it");
    }

    private static Why over(Run run, Event last) {
        String how = switch (last.entry()) {
            case Entry.Completed completed -> "completed";
            case Entry.Failed failed -> RunStore.word(failed.reason()) + ": " + failed.message();
            case Entry.Stopped stopped -> "stopped by " + stopped.by();
            default -> RunStore.word(run.status());
        };
        return new Why(run.agent(), run.status(), null, how, null, last.at(), last.at(), "nobody: it is over");
    }

    private static String doing(RunHold hold, Entry last) {
        return switch (last) {
            case Entry.ModelCalled called ->
                "model %s, iteration %d, attempt %d".formatted(hold.profile(), called.iteration(), called.attempt());
            case Entry.ToolCalled called -> "tool " + called.call().tool();
            case Entry.Instructed instructed -> "waiting for the runs before it on its thread";
            case Entry.Spoken spoken -> "waiting for the runs before it on its thread";
            case Entry.SessionBegan began -> "program " + began.runtime();
            case Entry.Noted noted -> "opening its computer";
            default -> "between two steps";
        };
    }

    /**
     * Who holds a run.
     *
     * @param leaseUntil as of the holder's last sign of life
     * @param deadline when the run is over its longest duration; null when that is no bound worth naming
     */
    record RunHold(
            @Nullable UUID node,
            @Nullable Instant leaseUntil,
            String profile,
            @Nullable Instant deadline) {}
}
