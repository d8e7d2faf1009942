package dev.drover.core.execution;

import dev.drover.core.id.RunId;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** Tells those who watch an agent that an execution is over. */
public final class Activities implements RunObserver {
    private static final int LONGEST_ACTION = 80;

    private final ExecutionStore store;
    private final FleetEvents events;

    public Activities(ExecutionStore store, FleetEvents events) {
        this.store = store;
        this.events = events;
    }

    /** Whoever worked on the run goes on at once; it is read elsewhere what it was. */
    @Override
    public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
        if (events.isWatched()) {
            Thread.ofVirtual()
                    .name("activity")
                    .start(() -> store.named(run).ifPresent(named -> events.publish(activity(named))));
        }
    }

    private static FleetEvent activity(ExecutionStore.Named named) {
        Execution execution = named.execution();
        boolean isGood = execution.status() == ExecutionStatus.SUCCESS;
        String error = isGood || execution.error() != null ? execution.error() : "cancelled";
        return new FleetEvent.Activity(
                execution.agent(),
                named.slug(),
                execution.id().toString(),
                type(execution.trigger()),
                isGood ? "completed" : "failed",
                action(execution.message()),
                execution.completedAt() == null ? execution.startedAt() : execution.completedAt(),
                error);
    }

    static String type(Trigger trigger) {
        return trigger == Trigger.SCHEDULE ? "schedule_start" : "chat_start";
    }

    static String action(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        int end = line.offsetByCodePoints(0, Math.min(LONGEST_ACTION, line.codePointCount(0, line.length())));
        return line.substring(0, end) + (end < line.length() ? "…" : "");
    }
}
