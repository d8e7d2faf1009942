package dev.drover.core.run;

import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Asks a model up to five times, the last at most 60 s after the first failure (Jettson contract, section 6). */
final class ModelCaller {
    private static final int TRIES = 5;
    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final long FIRST_WAIT_MILLIS = 500;

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Pause pause;
    private final RunWatch watch;

    ModelCaller(Clock clock, ScheduledExecutorService timer, Pause pause, RunWatch watch) {
        this.clock = clock;
        this.timer = timer;
        this.pause = pause;
        this.watch = watch;
    }

    /** The reply to one iteration; every attempt is an event. */
    Reply ask(int iteration, LanguageModel model, Prompt prompt, LogWriter writer)
            throws GaveUp, LeaseLost, InterruptedException {
        Instant firstFailure = null;
        for (int attempt = 1; ; attempt++) {
            writer.appendSoon(new Entry.ModelCalled(iteration, attempt));
            try {
                return watched(iteration, attempt, model, prompt, writer);
            } catch (ModelFailure failure) {
                firstFailure = firstFailure == null ? clock.instant() : firstFailure;
                Long wait = nextTry(failure, attempt, firstFailure);
                writer.append(new Entry.ModelFailed(iteration, attempt, String.valueOf(failure.getMessage()), wait));
                if (wait == null) {
                    throw new GaveUp(failure);
                }
                pause.rest(wait);
            }
        }
    }

    private Reply watched(int iteration, int attempt, LanguageModel model, Prompt prompt, LogWriter writer)
            throws ModelFailure, InterruptedException {
        Instant began = clock.instant();
        RunWatch.Outcome outcome = RunWatch.Outcome.FAILED;
        RunWatch.Answer answer = null;
        try {
            Reply reply = askOnce(iteration, model, prompt, writer);
            outcome = RunWatch.Outcome.OK;
            answer = RunWatch.Answer.of(reply);
            return reply;
        } catch (InterruptedException e) {
            outcome = RunWatch.Outcome.CANCELLED;
            throw e;
        } catch (ModelFailure e) {
            outcome = e.worthRetrying() ? RunWatch.Outcome.UNAVAILABLE : RunWatch.Outcome.FAILED;
            throw e;
        } finally {
            watch.modelAsked(new RunWatch.ModelAttempt(
                    iteration, attempt, model.name(), began, clock.instant(), outcome, answer));
        }
    }

    private Reply askOnce(int iteration, LanguageModel model, Prompt prompt, LogWriter writer)
            throws ModelFailure, InterruptedException {
        try (DeltaBuffer deltas = new DeltaBuffer(
                timer, writer.masking().mask(), delta -> writer.appendSoon(new Entry.ModelSpoke(iteration, delta)))) {
            Reply reply = model.ask(prompt, deltas);
            deltas.finish();
            return reply;
        }
    }

    /** Milliseconds to wait, doubling with some jitter, or as long as the vendor asked for; null to give up. */
    private @Nullable Long nextTry(ModelFailure failure, int attempt, Instant firstFailure) {
        if (!failure.worthRetrying() || attempt == TRIES) {
            return null;
        }
        long doubled = FIRST_WAIT_MILLIS << (attempt - 1);
        long jittered = doubled + ThreadLocalRandom.current().nextLong(doubled / 4);
        long wait = failure.retryAfter().map(Duration::toMillis).orElse(jittered);
        Instant next = clock.instant().plusMillis(wait);
        return next.isAfter(firstFailure.plus(BUDGET)) ? null : wait;
    }

    /** The budget of tries is used up. */
    static final class GaveUp extends Exception {
        private static final long serialVersionUID = 1L;

        GaveUp(ModelFailure last) {
            super(last.getMessage(), last);
        }

        /** What it makes of the run. */
        Entry.Failed end() {
            return new Entry.Failed(FailureReason.REASONING_UNAVAILABLE, String.valueOf(getMessage()));
        }
    }
}
