package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import dev.drover.api.Routes;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String REQUEST = "GET /api/v1/stream HTTP/1.1\r\nHost: x\r\n\r\n";

    private final TestingFrames frames = new TestingFrames();
    private final TestingHttp server = new TestingHttp(
            List.of(new Route(
                    Method.GET,
                    "/api/v1/stream",
                    Routes.dialect("/api/v1/stream"),
                    Gate.OPEN,
                    Operation.of("Stream", call -> Answer.stream(frames)))),
            TestingHttp.hasty());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void writesFramesToTheLetter() {
        frames.push(17, "tool_use", "{\"seq\":17}")
                .push(18, "end", "a\nb\r\nc\rd")
                .end();
        HttpResponse<String> answer = TestingHttp.send(server.to("/api/v1/stream"));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(answer.body()).isEqualTo("""
                retry: 2000

                id: 17
                event: tool_use
                data: {"seq":17}

                id: 18
                event: end
                data: a
                data: b
                data: c
                data: d

                """);
    }

    /** What is written at once and what is written in pieces take different ways to the same connection. */
    @Test
    void keepsTheOrderOfLargeAndSmallFrames() {
        String large = "\u00e4".repeat(100_000);
        frames.push(1, "info", "first")
                .push(2, "info", large)
                .push(3, "info", "Zo\u00eb")
                .push(4, "end", large)
                .end();
        HttpResponse<String> answer = TestingHttp.send(server.to("/api/v1/stream"));
        assertThat(answer.body()).isEqualTo("""
                retry: 2000

                id: 1
                event: info
                data: first

                id: 2
                event: info
                data: %s

                id: 3
                event: info
                data: Zo\u00eb

                id: 4
                event: end
                data: %s

                """.formatted(large, large));
    }

    @Test
    void endsAnAnswerProperlyThatIsTheLastOfItsConnection() throws Exception {
        frames.push(1, "end", "{}").end();
        String answer = server.raw(REQUEST.replace("Host: x", "Host: x\r\nConnection: close"));
        assertThat(answer).containsIgnoringCase("Connection: close").endsWith("\r\n0\r\n\r\n");
    }

    @Test
    void isUnderstoodByAnIndependentReader() throws Exception {
        frames.push(1, "info", "{\"message\":\"Zoë…\"}").push(2, "end", "{}");
        try (EventSource source = new EventSource.Builder(
                        ConnectStrategy.http(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/stream")))
                .build()) {
            source.start();
            MessageEvent first = source.readMessage();
            assertThat(first.getEventName()).isEqualTo("info");
            assertThat(first.getData()).isEqualTo("{\"message\":\"Zoë…\"}");
            assertThat(source.readMessage().getLastEventId()).isEqualTo("2");
            assertThat(source.getBaseRetryDelayMillis()).isEqualTo(2_000);
        }
    }

    @Test
    void showsThatItLivesWhileNothingHappens() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = inBackground();
        assertThat(frames.awaitOpened()).isTrue();
        Thread.sleep(500);
        frames.end();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).startsWith("retry: 2000\n\n:\n\n:\n\n");
    }

    @Test
    void letsGoOfItsSourceWhenTheReaderGoesAway() throws Exception {
        try (Socket socket = connected()) {
            assertThat(frames.awaitOpened()).isTrue();
            assertThat(socket.getInputStream().read()).isPositive();
        }
        assertThat(frames.awaitClosed()).isTrue();
    }

    @Test
    void cutsOffAReaderThatTakesNothing() throws Exception {
        String large = "x".repeat(100_000);
        for (int i = 1; i <= 500; i++) {
            frames.push(i, "info", large);
        }
        try (Socket socket = connected()) {
            assertThat(frames.awaitClosed()).isTrue();
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void endsWellWhenTheServerStops() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = inBackground();
        assertThat(frames.awaitOpened()).isTrue();
        server.close();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).startsWith("retry: 2000\n\n");
        assertThat(frames.awaitClosed()).isTrue();
    }

    @Test
    void opensNoStreamForHead() throws Exception {
        HttpResponse<String> answer =
                TestingHttp.send(server.to("/api/v1/stream").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(frames.awaitClosed()).isTrue();
    }

    private Socket connected() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private CompletableFuture<HttpResponse<String>> inBackground() {
        CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(TestingHttp.send(server.to("/api/v1/stream")));
            } catch (AssertionError e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
