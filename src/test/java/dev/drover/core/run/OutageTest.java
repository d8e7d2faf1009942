package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import dev.drover.core.id.RunId;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.LossyBridge;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs do while their database is away, or when its answers are lost. */
final class OutageTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private final Path folder = TestingFolders.create();

    @AfterEach
    void close() {
        testing.close();
        TestingFolders.delete(folder);
    }

    @Test
    void waitsForTheDatabaseAndGoesOnWhenItIsBack() throws Exception {
        Path effects = folder.resolve("effects");
        Path gate = folder.resolve("gate");
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel())) {
            RunView spawned = room.spawn("$ echo one >> %s; while [ ! -e %s ]; do sleep 0.1; done\n$ echo two >> %s"
                    .formatted(effects, gate, effects));
            Waiting.until(() -> Files.exists(effects));

            testing.goAway();
            Files.createFile(gate);
            assertThatThrownBy(() -> room.view(spawned)).isInstanceOf(Refused.class);
            Thread.sleep(1_000); // so that the result of the first step is there and cannot be stored
            assertThat(Files.readString(effects))
                    .as("no step before the last is on disk")
                    .isEqualTo("one\n");
            testing.comeBack();

            Waiting.until(() -> answers(room, spawned));
            assertThat(room.finished(spawned).run().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(Files.readString(effects)).isEqualTo("one\ntwo\n");
            assertWhole(room, spawned);
        }
    }

    private static boolean answers(TestingRoom room, RunView spawned) {
        try {
            return room.view(spawned).run().status() != RunStatus.SPAWNING;
        } catch (Refused stillAway) {
            return false;
        }
    }

    @Test
    void losesNothingWhenItsConnectionsAreCutAgainAndAgain() throws Exception {
        Path effects = folder.resolve("effects");
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel())) {
            List<RunView> spawned = LongStream.range(0, 4)
                    .mapToObj(i -> room.spawn("$ echo step >> %s%d; sleep 0.2\n"
                            .formatted(effects, i)
                            .repeat(10)))
                    .toList();
            for (int cut = 0; cut < 12; cut++) {
                Thread.sleep(150);
                testing.cutConnections();
            }
            for (int i = 0; i < spawned.size(); i++) {
                RunView one = spawned.get(i);
                Waiting.until(() -> answers(room, one));
                assertThat(room.finished(one).run().status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(Files.readString(Path.of(effects.toString() + i))).isEqualTo("step\n".repeat(10));
                assertWhole(room, one);
            }
        }
    }

    @Test
    void knowsItsOwnEventsWhenTheAnswerToTheirCommitWasLost() throws Exception {
        try (LossyBridge bridge = new LossyBridge(testing.address());
                TestingRoom room = TestingRoom.open(bridge.address(), new OfflineModel())) {
            UUID another = room.room().ids().next();
            testing.database()
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "insert into node (id, seen_at) values (?, now() + interval '1 day')", another));
            // Now and then it hits another commit than ours, so there are some rounds.
            for (int round = 0; round < 5; round++) {
                Lease lease = patient(() -> room.idleRun(another));
                testing.madeUp(lease.run().value());
                LogWriter writer = new LogWriter(room.log(), lease, LogEnd.NOTHING, RunUsage.NONE, Clock.systemUTC());
                bridge.loseAnswerToNextCommit();
                writer.append(new Entry.Noted("one"));
                bridge.loseAnswerToNextCommit();
                writer.append(RunChange.Ended.of(new Entry.Completed("two")), List.of(new Entry.Completed("two")));

                assertThat(seqs(lease.run())).containsExactly(1L, 2L);
            }
            assertThat(bridge.lost()).isGreaterThan(4);
        }
    }

    private static <T> T patient(Supplier<T> work) {
        return Waiting.until(Duration.ofSeconds(60), () -> {
            try {
                return Optional.of(work.get());
            } catch (Refused cut) {
                return Optional.empty();
            }
        });
    }

    @Test
    void worksARunWhoseSpawnWasStoredButNotAnswered() throws Exception {
        try (LossyBridge bridge = new LossyBridge(testing.address());
                TestingRoom room = TestingRoom.open(bridge.address(), new OfflineModel())) {
            // Other commits, such as a sign of life, may lose their answer first: then the next spawn tells.
            bridge.loseAnswerToNextCommit();
            boolean refused = false;
            while (!refused) {
                try {
                    room.spawn("$ echo done");
                    bridge.loseAnswerToNextCommit();
                } catch (Refused away) {
                    refused = true;
                }
            }

            Waiting.until(() -> room.database()
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select bool_and(status = 'completed') from run")
                            .mapTo(Boolean.class)
                            .one()));
        }
    }

    private void assertWhole(TestingRoom room, RunView spawned) {
        List<Long> seqs = seqs(spawned.run().id());
        assertThat(seqs)
                .isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        List<Event> story = room.story(spawned);
        assertThat(story.getLast().entry()).isInstanceOf(Entry.Ended.class);
        assertThat(story)
                .filteredOn(event -> event.entry() instanceof Entry.Ended)
                .hasSize(1);
    }

    private List<Long> seqs(RunId run) {
        return testing.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select seq from run_event where run_id = ? order by seq")
                        .bind(0, run.value())
                        .mapTo(Long.class)
                        .list());
    }
}
