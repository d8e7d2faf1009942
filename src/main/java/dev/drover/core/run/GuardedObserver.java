package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an observer's failures away from runs, and all but the first away from the log. */
final class GuardedObserver implements RunObserver {
    private static final Logger log = LoggerFactory.getLogger(GuardedObserver.class);

    private final RunObserver observer;
    private final AtomicBoolean complained = new AtomicBoolean();

    GuardedObserver(RunObserver observer) {
        this.observer = observer;
    }

    @Override
    public RunWatch began(Run run, @Nullable String agentName) {
        try {
            return new GuardedWatch(this, observer.began(run, agentName));
        } catch (RuntimeException | LinkageError e) {
            complain(e);
            return RunWatch.NONE;
        }
    }

    @Override
    public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
        tell(() -> observer.ended(run, status, error));
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | LinkageError e) {
            complain(e);
        }
    }

    private void complain(Throwable failure) {
        if (complained.compareAndSet(false, true)) {
            String name = observer.getClass().getSimpleName();
            log.error("{} failed, and this is said only once; runs go on", name, failure);
        }
    }

    private record GuardedWatch(GuardedObserver guard, RunWatch watch) implements RunWatch {
        @Override
        public void modelAsked(ModelAttempt attempt) {
            guard.tell(() -> watch.modelAsked(attempt));
        }

        @Override
        public void toolRan(ToolAttempt attempt) {
            guard.tell(() -> watch.toolRan(attempt));
        }

        @Override
        public void left(RunStatus status, @Nullable FailureReason error) {
            guard.tell(() -> watch.left(status, error));
        }
    }
}
