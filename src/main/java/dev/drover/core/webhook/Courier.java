package dev.drover.core.webhook;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunWebhook.Form;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. Every server has one; a message is held by the one that sends it, and when that is lost on the
 * way another sends it again. While a message is on its way no connection to the database is kept, and one hook takes
 * only some of the places.
 */
public final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int AT_ONCE = 128;
    private static final int OF_ONE_HOOK = 4;
    private static final Duration HOLD = Posting.PATIENCE.multipliedBy(2);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FAILING = Duration.ofDays(5);
    private static final long LONGEST_GOODBYE_SECONDS = 5;

    private final WebhookStore hooks;
    private final DeliveryStore deliveries;
    private final Posting posting;
    private final Transactions transactions;
    private final HookSigns signs;
    private final Clock clock;
    private final RetryPlan plan = new RetryPlan(new Random());
    private final Map<WebhookId, Integer> underWay = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore bell = new Semaphore(0);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private volatile boolean closing;
    private @Nullable Thread loop;

    public Courier(WebhookStore hooks, DeliveryStore deliveries, Posting posting, HookHouse house) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.posting = posting;
        this.transactions = house.transactions();
        this.signs = house.signs();
        this.clock = house.clock();
    }

    public void start() {
        signs.wakes(bell::release);
        loop = Thread.ofVirtual().name("webhooks").start(this::rounds);
    }

    private void rounds() {
        while (!closing) {
            try {
                if (!signs.mayBeAny() || round() == 0) {
                    var _ = bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (Refused databaseAway) {
                log.debug("no round of webhooks: {}", databaseAway.problem());
                pause();
            } catch (RuntimeException e) {
                log.error("a round of webhooks broke", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /** Begins to send what is due, as far as there are places; how many messages. */
    int round() {
        long mark = signs.mark();
        Instant now = clock.instant();
        List<WebhookId> busy = underWay.entrySet().stream()
                .filter(entry -> entry.getValue() >= OF_ONE_HOOK)
                .map(Map.Entry::getKey)
                .toList();
        int free = places.availablePermits();
        List<DeliveryStore.Due> due = free == 0 ? List.of() : deliveries.claim(now, now.plus(HOLD), busy, free);
        due.forEach(this::begin);
        if (due.isEmpty() && underWay.isEmpty() && !hooks.any()) {
            signs.none(mark);
        }
        return due.size();
    }

    private void begin(DeliveryStore.Due due) {
        places.acquireUninterruptibly();
        underWay.merge(due.hook(), 1, Integer::sum);
        threads.execute(() -> {
            try {
                send(due);
            } catch (InterruptedException e) {
                deliveries.release(due.id());
            } catch (RuntimeException e) {
                log.error("a message to webhook {} broke; it is sent again later", due.hook(), e);
            } finally {
                underWay.computeIfPresent(due.hook(), (hook, count) -> count == 1 ? null : count - 1);
                places.release();
                bell.release();
            }
        });
    }

    private void send(DeliveryStore.Due due) throws InterruptedException {
        Optional<WebhookStore.Reach> reach = hooks.reach(due.hook());
        if (reach.isEmpty()) {
            deliveries.failed(due.id(), null, Webhooks.DELETED, null);
            return;
        }
        Posting.Outcome outcome = posting.post(due, reach.get(), clock.instant());
        Instant now = clock.instant();
        transactions.run(() -> settle(due, reach.get().form(), outcome, now));
    }

    /** The hook first, its messages then, as whoever disables one does: else the two could wait for each other. */
    private void settle(DeliveryStore.Due due, Form form, Posting.Outcome outcome, Instant now) {
        String error = outcome.error();
        Integer status = outcome.status();
        if (error == null && status != null) {
            hooks.succeeded(due.hook());
            deliveries.delivered(due.id(), status);
            return;
        }
        Optional<Duration> wait = plan.after(form, due.failures() + 1, outcome);
        Optional<Instant> failingSince = hooks.failed(due.hook(), now);
        deliveries.failed(
                due.id(), status, String.valueOf(error), wait.map(now::plus).orElse(null));
        if (outcome.isGone()) {
            disable(due.hook(), "gone", now);
        } else if (failingSince.isPresent() && !failingSince.get().isAfter(now.minus(FAILING))) {
            disable(due.hook(), "failing", now);
        }
    }

    private void disable(WebhookId hook, String reason, Instant now) {
        hooks.disable(hook, reason, now);
        deliveries.giveUp(hook, "the webhook was disabled: " + reason);
    }

    /** What is on its way may arrive yet; what does not is given back. */
    @Override
    public void close() {
        closing = true;
        bell.release();
        try {
            if (loop != null) {
                loop.join();
            }
            threads.shutdown();
            if (!threads.awaitTermination(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                var _ = threads.awaitTermination(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
