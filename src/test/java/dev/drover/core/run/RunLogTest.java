package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.model.Delta;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.TestingDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RunLogTest {
    private static final int RUNS = 64;
    private static final int EVENTS = 40;

    private static final UUID ANOTHER_NODE = UUID.fromString("0190a000-0000-7000-8000-00000000000a");

    private static final TestingDatabase TESTING = TestingDatabase.create();
    private static final TestingRoom ROOM = TestingRoom.open(TESTING.address(), new OfflineModel());

    /** Whose runs nobody claims, since it lives. */
    @BeforeAll
    static void keepAnotherNodeAlive() {
        ROOM.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into node (id, seen_at) values (?, now() + interval '1 day')", ANOTHER_NODE));
    }

    @AfterAll
    static void close() {
        ROOM.close();
        TESTING.close();
    }

    @Test
    void storesTheEventsOfManyRunsAtOnceInOrderAndWithoutGaps() throws Exception {
        List<Lease> leases = IntStream.range(0, RUNS).mapToObj(i -> lease()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (Lease lease : leases) {
                writing.add(threads.submit(() -> {
                    write(lease);
                    return true;
                }));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        }
        for (Lease lease : leases) {
            assertThat(column(lease, "seq")).isEqualTo(numbers(EVENTS * 2));
            assertThat(column(lease, "step")).isEqualTo(numbers(EVENTS));
        }
    }

    private static void write(Lease lease) throws LeaseLost {
        LogWriter writer = writer(lease, LogEnd.NOTHING);
        for (int i = 0; i < EVENTS; i++) {
            writer.appendSoon(new Entry.ModelSpoke(1, new Delta.Text("piece " + i)));
            writer.append(new Entry.Noted("note " + i));
        }
    }

    @Test
    void storesNothingForAHolderWhoseTimeIsOverAndEverythingForTheOthers() throws Exception {
        Lease stale = lease();
        ROOM.stores().rows().seize(stale.run());
        Lease good = lease();
        Append bad = append(stale, 1, null);
        Append badEnd = append(lease(), 1, null);
        Lease ended = badEnd.lease();
        ROOM.stores().rows().seize(ended.run());
        Append fine = append(good, 1, new RunChange.Started());
        Append worse = append(ended, 1, new RunChange.Started());

        List.of(bad, fine, worse).forEach(ROOM.log()::submit);

        fine.await();
        assertThatThrownBy(bad::await).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(worse::await).isInstanceOf(LeaseLost.class);
        assertThat(column(stale, "seq")).isEmpty();
        assertThat(column(ended, "seq")).isEmpty();
        assertThat(column(good, "seq")).containsExactly(1L);
    }

    @Test
    void tellsTheHoldersOfOneRunApartWithinABatch() throws Exception {
        Lease first = lease();
        Lease second = ROOM.stores().rows().seize(first.run()).orElseThrow();
        Append old = append(first, 7, null);
        Append young = append(second, 1, null);

        List.of(old, young).forEach(ROOM.log()::submit);

        young.await();
        assertThatThrownBy(old::await).isInstanceOf(LeaseLost.class);
        assertThat(column(first, "seq")).containsExactly(1L);
    }

    @Test
    void doesNotStoreWhereAnotherHasStored() throws Exception {
        Lease lease = lease();
        LogWriter writer = writer(lease, LogEnd.NOTHING);
        writer.append(new Entry.Noted("one"));
        writer(lease, new LogEnd(1, 1, null)).append(new Entry.Noted("another's two"));

        assertThatThrownBy(() -> writer.append(new Entry.Noted("two"))).isInstanceOf(LeaseLost.class);
        assertThat(column(lease, "seq")).containsExactly(1L, 2L);
    }

    @Test
    void leavesNoGapWhereAnEventWasLostThatNobodyWaitedFor() throws Exception {
        Lease lease = lease();
        LogWriter writer = writer(lease, LogEnd.NOTHING);
        writer(lease, LogEnd.NOTHING).append(new Entry.Noted("another's one"));

        writer.appendSoon(new Entry.Noted("one"));
        assertThatThrownBy(() -> writer.append(new Entry.Noted("two"))).isInstanceOf(LeaseLost.class);
        assertThat(column(lease, "seq")).containsExactly(1L);
    }

    @Test
    void keepsTheInterruptOfAWriterForLater() throws Exception {
        Lease lease = lease();
        Thread.currentThread().interrupt();
        writer(lease, LogEnd.NOTHING).append(new Entry.Noted("one"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(column(lease, "seq")).containsExactly(1L);
    }

    private static Lease lease() {
        return ROOM.idleRun(ANOTHER_NODE);
    }

    private static LogWriter writer(Lease lease, LogEnd end) {
        return new LogWriter(ROOM.log(), lease, end, RunUsage.NONE, Clock.systemUTC());
    }

    private static Append append(Lease lease, long seq, @Nullable RunChange change) {
        List<LogLine> lines = new LogEnd(seq - 1, seq - 1, null)
                .continued(
                        lease.run(),
                        List.of(new Entry.Noted("an event")),
                        Instant.now(),
                        ROOM.log().codec());
        return new Append(lease, lines, change);
    }

    private static List<Long> numbers(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<Long> column(Lease lease, String name) {
        return ROOM.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select " + name + " from run_event where run_id = :run and "
                                + name + " is not null order by seq")
                        .bind("run", lease.run().value())
                        .mapTo(Long.class)
                        .list());
    }
}
