package dev.drover.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private static final Comparator<UUID> AS_POSTGRES_SORTS = Comparator.<UUID>comparingLong(
                    id -> id.getMostSignificantBits() ^ Long.MIN_VALUE)
            .thenComparingLong(id -> id.getLeastSignificantBits() ^ Long.MIN_VALUE);

    private final TestingClock clock = new TestingClock("2026-11-02T12:00:00.123Z");
    private final Ids ids = new Ids(clock);

    @Test
    void haveVersionSevenTheirVariantAndTheirMillisecond() {
        UUID id = ids.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(bornAt(id)).isEqualTo(clock.instant());
    }

    @Test
    void ascendThroughABusyMillisecondAndTheNext() {
        List<UUID> made = Stream.generate(ids::next).limit(10_000).toList();
        assertThat(made).isSortedAccordingTo(AS_POSTGRES_SORTS).doesNotHaveDuplicates();
        assertThat(made).allSatisfy(id -> assertThat(id.version()).isEqualTo(7));
        assertThat(bornAt(made.getLast())).isBefore(clock.instant().plusMillis(5));
    }

    @Property
    void ascendWhateverTheClockDoes(
            @ForAll @Size(min = 2, max = 200) List<@IntRange(min = -100_000, max = 100_000) Integer> steps) {
        TestingClock wild = new TestingClock("2026-11-02T12:00:00Z");
        Ids source = new Ids(wild);
        List<UUID> made = steps.stream()
                .map(millis -> {
                    wild.pass(Duration.ofMillis(millis));
                    return source.next();
                })
                .toList();
        assertThat(made).isSortedAccordingTo(AS_POSTGRES_SORTS).doesNotHaveDuplicates();
        assertThat(made.stream().map(Spelling.AGENT::of)).isSorted();
    }

    @Test
    void areOneOfAKindForThreadsAtOnce() throws Exception {
        Set<UUID> made = ConcurrentHashMap.newKeySet();
        Ids source = new Ids(Clock.systemUTC());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.execute(() -> IntStream.range(0, 2_000).forEach(n -> made.add(source.next())));
            }
        }
        assertThat(made).hasSize(32_000);
    }

    @Test
    void derivedOnesCanBeWorkedOutAgain() {
        UUID whole = new UUID(1, 2);
        Instant at = clock.instant();
        UUID derived = Ids.derived(whole, 3, at);
        assertThat(derived).isEqualTo(Ids.derived(whole, 3, at));
        assertThat(derived).isNotEqualTo(Ids.derived(whole, 4, at)).isNotEqualTo(Ids.derived(new UUID(1, 3), 3, at));
        assertThat(derived.version()).isEqualTo(7);
        assertThat(derived.variant()).isEqualTo(2);
        assertThat(bornAt(derived)).isEqualTo(at);
    }

    private static Instant bornAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
