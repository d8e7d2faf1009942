package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many who wait at the same place of a log ask once. */
final class SharedReadingTest {
    private static final Event EVENT =
            new Event(new RunId(new UUID(0, 1)), 1, 1, Instant.EPOCH, new Entry.Noted("something"));

    private final SharedReading shared = new SharedReading();
    private final AtomicInteger reads = new AtomicInteger();

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    }

    private List<Event> ask(long behind, long rings, List<Event> found) throws InterruptedException {
        return page(shared.behind("pages", behind, rings, soon(), () -> {
            reads.incrementAndGet();
            return found;
        }));
    }

    private static List<Event> page(SharedReading.@Nullable Reading reading) {
        return Objects.requireNonNull(reading).page();
    }

    @Test
    void oneReadsForAllWhoComeMeanwhile() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Event>>> pages = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                pages.add(threads.submit(() -> page(shared.behind("pages", 0, 1, soon(), () -> {
                    reads.incrementAndGet();
                    reading.countDown();
                    goOn.await();
                    return List.of(EVENT);
                }))));
            }
            reading.await();
            goOn.countDown();
            for (Future<List<Event>> page : pages) {
                assertThat(page.get()).containsExactly(EVENT);
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void whoIsAtAnotherPlaceOrWantsOtherPagesReadsAnew() throws Exception {
        ask(0, 1, List.of(EVENT));
        assertThat(ask(1, 1, List.of())).isEmpty();
        assertThat(page(shared.behind("others", 0, 1, soon(), List::of))).isEmpty();
        assertThat(ask(0, 1, List.of())).containsExactly(EVENT);
        assertThat(reads).hasValue(2);
    }

    @Test
    void tellsHowOftenTheBellHadRungBeforeItWasRead() throws Exception {
        ask(0, 3, List.of(EVENT));
        SharedReading.Reading later = shared.behind("pages", 0, 5, soon(), List::of);
        assertThat(Objects.requireNonNull(later).rings()).isEqualTo(3);
    }

    @Test
    void thatNothingWasThereIsBelievedUntilTheBellRings() throws Exception {
        assertThat(ask(0, 1, List.of())).isEmpty();
        assertThat(ask(0, 2, List.of(EVENT))).containsExactly(EVENT);
    }

    @Test
    void thatNothingWasThereIsNotBelievedForLong() throws Exception {
        assertThat(ask(0, 1, List.of())).isEmpty();
        Thread.sleep(300); // a ring may have been lost
        assertThat(ask(0, 1, List.of(EVENT))).containsExactly(EVENT);
    }

    @Test
    void whoseTurnDidNotComeInTimeTellsNobodyThatNothingIsThere() throws Exception {
        assertThat(shared.behind("pages", 0, 1, soon(), () -> null)).isNull();
        assertThat(ask(0, 1, List.of(EVENT))).containsExactly(EVENT);
    }
}
