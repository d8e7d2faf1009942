package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams of real runs: many at once, and readers that leave at each step. */
class MakeStreamsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int STREAMS = 500;

    private static final CountDownLatch ALL_BEGUN = new CountDownLatch(STREAMS);

    private static ScriptedModelServer model;
    private static TestingApi server;
    private static String runs;

    @BeforeAll
    static void start() throws IOException {
        model = ScriptedModelServer.start(MakeStreamsTest::answer);
        server = new TestingApi(TestingPlane.scripted(model));
        JsonNode provider =
                server.get("/api/v2/ai-agents/v1/llm-providers?teamId=1").json().get(0);
        String connection = provider.path("id").asText();
        String name = server.get("/api/v2/ai-agents/v1/llm-providers/" + connection + "/models?teamId=1")
                .json()
                .get(0)
                .path("model")
                .asText();
        Reply made = server.post(
                "/api/v2/ai-agents/v1/agents?teamId=1",
                JSON.createObjectNode()
                        .put("name", "Streams")
                        .put("teamId", 1)
                        .put("makeConnectionId", Integer.parseInt(connection))
                        .put("defaultModel", name)
                        .put("systemPrompt", "Be brief.")
                        .toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        runs = "/api/v2/ai-agents/v1/agents/" + made.json().path("agentId").asText() + "/run";
    }

    private static Turn answer(Asked asked) {
        String body = asked.body().toString();
        if (body.contains("take your time")) {
            return Turn.text("late").slowly(Duration.ofSeconds(60), Duration.ZERO);
        }
        if (body.contains("word by word")) {
            return Turn.text("one ", "two ", "three").slowly(Duration.ZERO, Duration.ofMillis(300));
        }
        if (body.contains("hello many")) {
            awaitAll();
        }
        return Turn.text("quick");
    }

    /** No run of the many ends before all have begun. */
    private static void awaitAll() {
        try {
            assertThat(ALL_BEGUN.await(150, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
        model.close();
    }

    @Test
    void losesNoStepOfManyStreamsAtOnce() throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JsonNode>>> read = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                String thread = "many-" + i;
                read.add(readers.submit(() -> steps(thread, "hello " + thread, Integer.MAX_VALUE)));
            }
            for (int i = 0; i < STREAMS; i++) {
                List<JsonNode> steps = read.get(i).get(180, TimeUnit.SECONDS);
                assertThat(steps)
                        .extracting(step -> step.path("role").asText())
                        .containsExactly("system", "user", "assistant");
                assertThat(steps.get(1).path("content").asText()).isEqualTo("hello many-" + i);
                assertThat(steps.get(2).path("content").asText()).isEqualTo("quick");
            }
        }
    }

    @Test
    void tellsAnAnswerWhileItIsWrittenToWhoeverWantsThat() throws Exception {
        List<String> events = new ArrayList<>();
        StringBuilder written = new StringBuilder();
        try (Socket socket = sent("/run/stream", "&result=true&pieces=true", "in-pieces", "word by word")) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event:")) {
                    events.add(line.substring("event:".length()));
                } else if (line.startsWith("data:") && events.getLast().equals("piece")) {
                    JsonNode piece = JSON.readTree(line.substring("data:".length()));
                    assertThat(piece.path("kind").asText()).isEqualTo("text");
                    written.append(piece.path("text").asText());
                }
            }
        }
        assertThat(written).hasToString("one two three");
        assertThat(events).startsWith("step", "step", "piece", "piece").endsWith("piece", "step", "result");
    }

    @Test
    void cancelsTheRunOfAReaderWhoLeavesAtAnyStep() throws Exception {
        for (int seen = 0; seen <= 2; seen++) {
            String thread = "left-" + seen;
            assertThat(steps(thread, "take your time", seen)).hasSize(seen);
            // Runs of one thread wait for each other: this one could not be so quick if the other still went on.
            Reply next = server.post(runs + "?teamId=1", body(thread, "and now?"));
            assertThat(next.status()).as(next.body()).isEqualTo(200);
            assertThat(next.json().path("response").asText()).isEqualTo("quick");
            assertThat(next.json().path("executionSteps")).hasSize(3);
        }
    }

    @Test
    void cancelsTheRunOfACallerWhoHangsUp() throws Exception {
        int askedBefore = model.asked().size();
        try (Socket socket = sent("/run", "hung-up", "take your time")) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(model.awaitAsked(askedBefore + 1, Duration.ofSeconds(20)))
                    .isTrue();
        }
        Reply next = server.post(runs + "?teamId=1", body("hung-up", "and now?"));
        assertThat(next.json().path("response").asText()).isEqualTo("quick");
    }

    private static String body(String thread, String message) {
        return JSON.createObjectNode()
                .put("threadId", thread)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("config", JSON.createObjectNode())
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "messages",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("role", "user").put("content", message)))
                .toString();
    }

    private static Socket sent(String tail, String thread, String message) throws IOException {
        return sent(tail, "", thread, message);
    }

    private static Socket sent(String tail, String query, String thread, String message) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.plane().url().getPort());
        socket.setSoTimeout(120_000);
        byte[] body = body(thread, message).getBytes(StandardCharsets.UTF_8);
        String path = runs.replaceFirst("/run$", tail) + "?teamId=1" + query;
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Token " + server.plane().operator() + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        return socket;
    }

    /** The steps of a run as they come, so many at most. */
    private static List<JsonNode> steps(String thread, String message, int most) {
        try (Socket socket = sent("/run/stream", thread, message)) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<JsonNode> steps = new ArrayList<>();
            // The status line at least, so that the run has begun.
            assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
            ALL_BEGUN.countDown();
            while (steps.size() < most) {
                String line = reader.readLine();
                if (line == null) {
                    return steps;
                }
                if (line.startsWith("data:")) {
                    steps.add(JSON.readTree(line.substring("data:".length())));
                }
            }
            return steps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
