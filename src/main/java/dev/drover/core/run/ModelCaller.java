package dev.drover.core.run;

import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
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
    private final RunObserver observer;

    ModelCaller(Clock clock, ScheduledExecutorService timer, RunObserver observer) {
        this.clock = clock;
        this.timer = timer;
        this.observer = observer;
    }

    /** The reply to one iteration; every attempt is an event. */
    Reply ask(Run run, int iteration, LanguageModel model, Prompt prompt, LogWriter writer)
            throws GaveUp, LeaseLost, InterruptedException {
        Instant firstFailure = null;
        for (int attempt = 1; ; attempt++) {
            writer.appendSoon(new Entry.ModelCalled(iteration, attempt));
            Instant began = clock.instant();
            try {
                Reply reply = askOnce(iteration, model, prompt, writer);
                observer.modelAsked(run, model.name(), reply.usage(), began, false);
                return reply;
            } catch (ModelFailure failure) {
                observer.modelAsked(run, model.name(), Usage.NONE, began, true);
                firstFailure = firstFailure == null ? clock.instant() : firstFailure;
                Long wait = nextTry(failure, attempt, firstFailure);
                writer.append(new Entry.ModelFailed(iteration, attempt, String.valueOf(failure.getMessage()), wait));
                if (wait == null) {
                    throw new GaveUp(failure);
                }
                Thread.sleep(wait);
            }
        }
    }

    private Reply askOnce(int iteration, LanguageModel model, Prompt prompt, LogWriter writer)
            throws ModelFailure, InterruptedException {
        try (DeltaBuffer deltas =
                new DeltaBuffer(timer, delta -> writer.appendSoon(new Entry.ModelSpoke(iteration, delta)))) {
            return model.ask(prompt, deltas);
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
    }
}
