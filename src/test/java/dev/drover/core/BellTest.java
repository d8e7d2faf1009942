package dev.drover.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BellTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Bell bell = new Bell();

    @Test
    void aRingBetweenLookingAndWaitingIsNotMissed() throws InterruptedException {
        long before = bell.rings();
        bell.ring();
        assertThat(bell.await(before, LONG)).isTrue();
    }

    @Test
    void theTimeIsUpWithoutARing() throws InterruptedException {
        assertThat(bell.await(bell.rings(), Duration.ofMillis(20))).isFalse();
        assertThat(bell.await(bell.rings(), Duration.ZERO)).isFalse();
    }

    @Test
    void everyRingWakesAll() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 50; round++) {
                long before = bell.rings();
                List<Future<Boolean>> woken = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    woken.add(threads.submit(() -> bell.await(before, LONG)));
                }
                bell.ring();
                for (Future<Boolean> each : woken) {
                    assertThat(each.get()).isTrue();
                }
            }
        }
    }

    @Test
    void oneIsWokenBeforeTheOthers() throws Exception {
        long before = bell.rings();
        BlockingQueue<Thread> awake = new LinkedBlockingQueue<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(Thread.ofVirtual().start(() -> {
                try {
                    if (bell.await(before, LONG)) {
                        awake.add(Thread.currentThread());
                    }
                } catch (InterruptedException e) {
                    // Seen by its absence.
                }
            }));
        }
        Waiting.until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        Thread ringing = Thread.ofVirtual().start(() -> bell.ringOneFirst(LONG.toNanos()));

        awake.take();
        assertThat(awake.poll(100, TimeUnit.MILLISECONDS)).isNull();
        LockSupport.unpark(ringing); // its time is up
        for (Thread each : waiting) {
            each.join();
        }
        assertThat(awake).hasSize(19);
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> bell.await(bell.rings(), LONG)).isInstanceOf(InterruptedException.class);
    }
}
