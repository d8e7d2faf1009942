package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingFollower;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Event streams of runs: live, from any place, on any node. */
final class FollowTest {
    private static final TestingPlane PLANE = TestingPlane.offline();
    private static final TestingAgents AGENTS = TestingAgents.of(PLANE);

    @AfterAll
    static void close() {
        PLANE.close();
    }

    @Test
    void tellsTheSameAsTheLogFromWhereverItBegins() {
        String id = AGENTS.spawn("$ echo one\n$ echo two\n$ echo three");
        List<TestingFollower> live = IntStream.range(0, 4)
                .mapToObj(i -> TestingFollower.from(AGENTS, id, 0))
                .toList();
        AGENTS.finished(id);
        List<String> log = AGENTS.log(id).stream().map(JsonNode::toString).toList();

        live.forEach(follower -> assertThat(follower.all()).isEqualTo(log));
        for (int after = 0; after <= log.size(); after++) {
            assertThat(TestingFollower.from(AGENTS, id, after).all()).isEqualTo(log.subList(after, log.size()));
        }
    }

    @Test
    void hasNothingMoreForWhoHasSeenTheEnd() {
        String id = AGENTS.spawn("$ true");
        AGENTS.finished(id);
        int last = AGENTS.log(id).size();

        assertThat(events(id, String.valueOf(last)).statusCode()).isEqualTo(204);
        HttpResponse<String> again = events(id, String.valueOf(last - 1));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).containsOnlyOnce("event: end");
    }

    @Test
    void refusesAPlaceThatTheLogHasNotComeTo() {
        String id = AGENTS.spawn("$ true");
        AGENTS.finished(id);

        HttpResponse<String> beyond = events(id, String.valueOf(AGENTS.log(id).size() + 1));
        assertThat(beyond.statusCode()).isEqualTo(400);
        assertThat(beyond.body()).contains("invalid_query").contains("beyond the log");
        assertThat(events(id, "-1").statusCode()).isEqualTo(400);
        assertThat(events(id, "soon").statusCode()).isEqualTo(400);
        assertThat(events("ag_8cGoiD4ujxjGOrnjC0QsV", "0").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsOnlyTheKindsAskedForAndStillEnds() {
        String id = AGENTS.spawn("$ true\n$ true");
        HttpResponse<String> stream =
                AGENTS.send(AGENTS.request("/" + id + "/events?kind=tool_use").GET());

        assertThat(stream.body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly("event: tool_use", "event: tool_use");
    }

    /** The run comes to its end while its followers come and go, and no moment of that is special. */
    @Test
    void nobodyIsSentAwayBeforeTheEndWasHandedOut() throws Exception {
        try (TestingDatabase database = TestingDatabase.create();
                TestingRoom room = TestingRoom.open(database.address(), new OfflineModel())) {
            for (int i = 0; i < 40; i++) {
                RunView spawned = room.spawn("$ true");
                long seen = 0;
                boolean over = false;
                while (!over) {
                    try (Follower follower = room.follow(spawned.agent().id(), seen)) {
                        over = follower.ended();
                        List<Event> next = over ? List.of() : follower.next(Duration.ofMillis(1));
                        seen = next.isEmpty() ? seen : next.getLast().step();
                    }
                }
                assertThat(room.story(spawned).getLast().step()).isEqualTo(seen);
            }
        }
    }

    @Test
    void hearsOfEventsThatAnotherNodeStores() throws Exception {
        Path folder = TestingFolders.create();
        Path gate = folder.resolve("gate");
        try (TestingDatabase database = TestingDatabase.create();
                TestingRoom one = TestingRoom.open(database.address(), new OfflineModel());
                TestingRoom two = TestingRoom.open(database.address(), new OfflineModel())) {
            RunView spawned = one.spawn("$ while [ ! -e %s ]; do sleep 0.1; done".formatted(gate));
            Waiting.until(() -> one.story(spawned).stream().anyMatch(e -> e.entry() instanceof Entry.ToolCalled));
            List<Event> heard = new ArrayList<>();
            try (Follower follower = two.follow(spawned.agent().id(), 0)) {
                heard.addAll(follower.next(Duration.ofMinutes(5)));
                Files.createFile(gate);
                // Without a word from the other node this would wait for five minutes each time.
                while (!follower.ended()) {
                    heard.addAll(follower.next(Duration.ofMinutes(5)));
                }
            }
            assertThat(heard.stream().map(Event::step))
                    .isEqualTo(IntStream.rangeClosed(1, heard.size())
                            .mapToObj(Long::valueOf)
                            .toList());
        } finally {
            TestingFolders.delete(folder);
        }
    }

    @Test
    void stopsARunThatAnotherNodeWorksOn() throws Exception {
        try (TestingDatabase database = TestingDatabase.create();
                TestingRoom one = TestingRoom.open(database.address(), new OfflineModel());
                TestingRoom two = TestingRoom.open(database.address(), new OfflineModel())) {
            RunView spawned = one.spawn("$ sleep 300");
            Waiting.until(() -> one.story(spawned).stream().anyMatch(e -> e.entry() instanceof Entry.ToolCalled));

            assertThat(two.stop(spawned).run().status()).isEqualTo(RunStatus.STOPPED);
            assertThat(two.destroyed(spawned).run().status()).isEqualTo(RunStatus.STOPPED);
            assertThat(one.folder().resolve(spawned.agent().id().toString())).doesNotExist();
        }
    }

    @Test
    void readsOnAtAnotherServerOverTheSameDatabase() {
        String id = AGENTS.spawn("$ echo one\n$ sleep 2\n$ echo two");
        try (TestingPlane other = TestingPlane.start(Map.of(
                "DROVER_MODEL",
                "offline",
                "DROVER_DATABASE_URL",
                PLANE.database().settingsUrl()))) {
            TestingFollower elsewhere = TestingFollower.from(TestingAgents.of(other), id, 1);
            AGENTS.finished(id);
            List<String> log = AGENTS.log(id).stream().map(JsonNode::toString).toList();

            assertThat(elsewhere.all()).isEqualTo(log.subList(1, log.size()));
        }
    }

    private static HttpResponse<String> events(String id, String after) {
        return AGENTS.send(AGENTS.request("/" + id + "/events")
                .header("Last-Event-ID", after)
                .GET());
    }
}
