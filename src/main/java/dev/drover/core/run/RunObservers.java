package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several observers as one, none of which can break a run. */
public final class RunObservers implements RunObserver {
    private final List<GuardedObserver> observers;

    public RunObservers(List<RunObserver> observers) {
        this.observers = observers.stream().map(GuardedObserver::new).toList();
    }

    @Override
    public RunWatch began(Run run, @Nullable String agentName) {
        return new Watches(observers.stream()
                .map(observer -> observer.began(run, agentName))
                .toList());
    }

    @Override
    public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
        observers.forEach(observer -> observer.ended(run, status, error));
    }

    private record Watches(List<RunWatch> watches) implements RunWatch {
        @Override
        public void modelAsked(ModelAttempt attempt) {
            watches.forEach(watch -> watch.modelAsked(attempt));
        }

        @Override
        public void toolRan(ToolAttempt attempt) {
            watches.forEach(watch -> watch.toolRan(attempt));
        }

        @Override
        public void left(RunStatus status, @Nullable FailureReason error) {
            watches.forEach(watch -> watch.left(status, error));
        }
    }
}
