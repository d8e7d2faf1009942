package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClockworkTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private final Clockwork one = new Clockwork(testing.database(), "one");
    private final Clockwork other = new Clockwork(testing.database(), "other");

    @AfterEach
    void stop() {
        one.close();
        other.close();
        testing.close();
    }

    @Test
    void doesWorkOnOneNodeAtATime() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(5);
        Runnable work = () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            pause(300);
            atOnce.decrementAndGet();
            done.countDown();
        };
        one.every("sweep", Duration.ofMillis(50), work);
        other.every("sweep", Duration.ofMillis(50), work);

        one.start();
        other.start();

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void comesBackToWorkThatFailed() throws Exception {
        CountDownLatch tries = new CountDownLatch(2);
        one.every("fails", Duration.ofMillis(50), () -> {
            tries.countDown();
            throw new IllegalStateException("planted");
        });
        one.start();

        assertThat(tries.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesOverFromANodeThatDied() throws Exception {
        Semaphore begun = new Semaphore(0);
        one.every("sweep", Duration.ofMillis(50), () -> {
            begun.release();
            pause(60_000);
        });
        other.every("sweep", Duration.ofMillis(50), begun::release);
        one.start();
        assertThat(begun.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

        // Its heartbeats end here, as if the machine had gone.
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute("update scheduled_tasks set version = version + 1"));
        other.start();

        assertThat(begun.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesNewWorkWhenItRuns() {
        one.start();

        assertThatThrownBy(() -> one.every("late", Duration.ofSeconds(1), () -> {}))
                .hasMessageContaining("late");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
