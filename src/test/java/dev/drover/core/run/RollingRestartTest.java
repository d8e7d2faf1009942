package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingBalancer;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingFollower;
import dev.drover.testing.TestingLine;
import dev.drover.testing.TestingProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three servers behind a load balancer, each stopped and started again in turn, while clients call all the time. */
final class RollingRestartTest {
    private static final int SERVERS = 3;
    private static final int CLIENTS = 3;
    private static final int STEPS = 8;

    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();
    private final List<TestingProcess> servers = new ArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<TestingFollower> followers = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean over;

    @AfterEach
    void close() {
        servers.forEach(TestingProcess::close);
        database.close();
        TestingFolders.delete(folder);
    }

    @Test
    void noRequestFailsAndNoStepIsLostOrDoneTwice() throws Exception {
        Map<String, String> settings = Map.of("DROVER_MODEL", "offline", "DROVER_DRAIN_SECONDS", "4");
        for (int i = 0; i < SERVERS; i++) {
            servers.add(TestingProcess.over(database, settings));
        }
        String key = servers.getFirst().operator();
        try (TestingBalancer balancer = TestingBalancer.before(
                servers.stream().map(server -> (Supplier<URI>) server::url).toList())) {
            TestingAgents agents = new TestingAgents(balancer::url, () -> key);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(Thread.ofVirtual().start(() -> call(number, balancer, agents, key)));
            }
            for (TestingProcess server : servers) {
                assertThat(server.terminate()).isZero();
                server.start();
                Thread.sleep(1_000);
            }
            over = true;
            for (Thread client : clients) {
                client.join();
            }
            check(agents);
        }
    }

    /** Begins an agent now and then, and looks at the newest in between, again and again. */
    private void call(int number, TestingBalancer balancer, TestingAgents agents, String key) {
        try (TestingLine line = new TestingLine(balancer.url())) {
            for (int i = 0; !over; i++) {
                if (i % 25 == 0) {
                    String body = send(line, "POST", "/api/v1/agents", key, "{\"task\":\"" + task(number, i) + "\"}");
                    String id = body.replaceFirst("(?s).*\"agent_id\":\"([^\"]+)\".*", "$1");
                    ids.add(id);
                    followers.add(TestingFollower.from(agents, id, 0));
                }
                send(line, "GET", "/api/v1/agents/" + ids.getLast(), key, "");
                Thread.sleep(60);
            }
        } catch (IOException | InterruptedException e) {
            failed.add("client " + number + " gave up: " + e);
        }
    }

    /** Leaves a mark with each step. */
    private String task(int number, int i) {
        StringBuilder task = new StringBuilder();
        for (int step = 0; step < STEPS; step++) {
            task.append("$ echo mark >> %s; sleep 0.4\\n".formatted(folder.resolve(number + "-" + i + "-" + step)));
        }
        return task + "$ echo all done";
    }

    /** What a request fails with is noted, and the next begins on a connection of its own. */
    private String send(TestingLine line, String method, String path, String key, String body) throws IOException {
        sent.incrementAndGet();
        try {
            TestingLine.Answer answer = line.send(method, path, key, body);
            if (answer.status() >= 300) {
                failed.add(method + " " + answer.status() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            failed.add(method + " " + path + " " + e);
            line.close();
            throw e;
        }
    }

    private void check(TestingAgents agents) throws IOException {
        assertThat(failed).isEmpty();
        int moved = 0;
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            assertThat(agents.finished(id).path("status").asText()).isEqualTo("completed");
            agents.assertWhole(id);
            List<JsonNode> log = agents.log(id);
            assertThat(log).noneMatch(event -> event.path("in_doubt").asBoolean());
            moved += log.stream()
                            .anyMatch(event -> event.path("message").asText().startsWith("Resumed"))
                    ? 1
                    : 0;
        }
        for (TestingFollower follower : followers) {
            assertThat(follower.all())
                    .isEqualTo(agents.log(follower.agent()).stream()
                            .map(JsonNode::toString)
                            .toList());
        }
        try (var marks = Files.list(folder)) {
            List<Path> all = marks.toList();
            assertThat(all).hasSize(ids.size() * STEPS);
            for (Path mark : all) {
                assertThat(Files.readString(mark)).isEqualTo("mark\n");
            }
        }
        System.err.println("RollingRestartTest: %d requests, none failed; %d runs, of which %d moved"
                .formatted(sent.get(), ids.size(), moved));
        assertThat(moved).as("runs that changed hands").isPositive();
    }
}
