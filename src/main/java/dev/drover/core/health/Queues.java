package dev.drover.core.health;

import java.time.Clock;
import java.time.Duration;

/** What waits to be done, and webhooks that nobody answers. */
public final class Queues {
    /** Work by the clock that is later than this is not merely busy. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final QueueStore store;
    private final Clock clock;

    public Queues(QueueStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public Finding lengths() {
        QueueStore.Backlog backlog = store.backlog(clock.instant().minus(LATE));
        boolean ok = backlog.overdue() == 0;
        return new Finding(
                "queues",
                ok,
                "%d runs wait and %d work; %d heartbeats and %d webhook messages wait; %d jobs by the clock are late"
                        .formatted(
                                backlog.waiting(),
                                backlog.working(),
                                backlog.heartbeats(),
                                backlog.messages(),
                                backlog.overdue()),
                ok ? "" : "no server takes them: see whether this host or the database is overloaded");
    }

    /** One that fails hurts nobody but its owner, so it is told and is no fault of the server. */
    public Finding webhooks() {
        QueueStore.HookTrouble trouble = store.hooks();
        boolean quiet = trouble.failing() == 0 && trouble.disabled() == 0;
        return new Finding(
                "webhooks",
                true,
                "there are %d, of which %d fail now and %d were disabled after failing for long"
                        .formatted(trouble.hooks(), trouble.failing(), trouble.disabled()),
                quiet ? "" : "see in their deliveries what the receivers answer; enable them when that is mended");
    }
}
