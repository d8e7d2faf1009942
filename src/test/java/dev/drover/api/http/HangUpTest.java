package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heartbeats are a minute apart here, so what is noticed is not noticed by them. */
class HangUpTest {
    private static final String STREAM = "POST /api/v2/stream HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    private static final String LONG = "POST /api/v2/long HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    private static final String QUICK = "GET /api/v2/quick HTTP/1.1\r\nHost: x\r\n\r\n";

    private final BlockingQueue<TestingFrames> streams = new LinkedBlockingQueue<>();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestingHttp server = new TestingHttp(
            List.of(
                    route(Method.POST, "/api/v2/stream", this::stream),
                    route(Method.POST, "/api/v2/long", this::longWork),
                    route(Method.GET, "/api/v2/quick", call -> Answer.ok("quick"))),
            HttpSettings.at("127.0.0.1", 0).withTimes(Duration.ofMinutes(1), Duration.ofSeconds(2)));

    private static Route route(Method method, String path, Handler handler) {
        return new Route(method, path, Routes.dialect(path), Gate.OPEN, Operation.of("Test", handler));
    }

    private Answer stream(Call call) {
        call.fields();
        TestingFrames frames = new TestingFrames();
        streams.add(frames);
        return Answer.stream(frames, SseStyle.TIGHT).with("X-Make-Thread-Id", "t-1");
    }

    private Answer longWork(Call call) {
        call.fields();
        try (Peer.Watch _ = call.peer().whenGone(gone::countDown)) {
            began.countDown();
            release.await();
            return Answer.ok("done");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        release.countDown();
        server.close();
    }

    @Test
    void writesTightFramesToTheLetter() throws Exception {
        try (Socket socket = sent(STREAM)) {
            frames().push(1, "step", "{\"role\":\"system\"}")
                    .push(2, "step", "a\nb")
                    .end();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).containsIgnoringCase("X-Make-Thread-Id: t-1\r\n");
            assertThat(answer).containsIgnoringCase("Connection: close\r\n");
            assertThat(dechunked(answer))
                    .isEqualTo("event:step\nid:1\ndata:{\"role\":\"system\"}\n\nevent:step\nid:2\ndata:a\ndata:b\n\n");
        }
    }

    @Test
    void sendsTheHeadersSoonWhenNoEventComes() throws Exception {
        try (Socket socket = sent(STREAM)) {
            String answer = read(socket.getInputStream(), ":\n\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n3\r\n:\n\n\r\n");
        }
    }

    @Test
    void noticesAtEachFrameThatTheReaderClosed() throws Exception {
        for (int read = 0; read < 4; read++) {
            TestingFrames frames;
            try (Socket socket = sent(STREAM)) {
                frames = frames();
                for (int i = 1; i <= read; i++) {
                    frames.push(i, "step", "{\"i\":" + i + "}");
                    read(socket.getInputStream(), "{\"i\":" + i + "}\n\n");
                }
            }
            assertThat(frames.awaitAbandoned()).as("after %d frames", read).isTrue();
            assertThat(frames.awaitClosed()).isTrue();
        }
    }

    @Test
    void noticesAReset() throws Exception {
        TestingFrames frames;
        try (Socket socket = sent(STREAM)) {
            frames = frames();
            frames.push(1, "step", "{}");
            read(socket.getInputStream(), "{}\n\n");
            socket.setSoLinger(true, 0);
        }
        assertThat(frames.awaitAbandoned()).isTrue();
    }

    @Test
    void abandonsASourceThatBreaksWhenItIsWoken() throws Exception {
        TestingFrames frames;
        try (Socket socket = sent(STREAM)) {
            frames = frames().brittle();
            frames.push(1, "step", "{}");
            read(socket.getInputStream(), "{}\n\n");
        }
        assertThat(frames.awaitAbandoned()).isTrue();
        assertThat(frames.awaitClosed()).isTrue();
    }

    @Test
    void cutsOffAndAbandonsForAReaderThatTakesNothing() throws Exception {
        try (Socket socket = sent(STREAM)) {
            TestingFrames frames = frames();
            for (int i = 1; i <= 500; i++) {
                frames.push(i, "step", "x".repeat(100_000));
            }
            assertThat(frames.awaitAbandoned()).isTrue();
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void keepsAReaderThatIsOnlySlow() throws Exception {
        try (Socket socket = sent(STREAM)) {
            TestingFrames frames = frames();
            for (int i = 1; i <= 40; i++) {
                frames.push(i, "step", "x".repeat(100_000));
            }
            frames.end();
            byte[] piece = new byte[100_000];
            long total = 0;
            for (int read = 0; read >= 0; read = socket.getInputStream().read(piece)) {
                total += read;
                Thread.sleep(5);
            }
            assertThat(total).isGreaterThan(4_000_000);
            assertThat(frames.awaitClosed()).isTrue();
            assertThat(frames.wasAbandoned()).isFalse();
        }
    }

    @Test
    void isNotMisledByBytesSentAhead() throws Exception {
        try (Socket socket = sent(STREAM + QUICK + "x".repeat(70_000))) {
            TestingFrames frames = frames();
            frames.push(1, "step", "{\"i\":1}");
            read(socket.getInputStream(), "{\"i\":1}\n\n");
            frames.push(2, "step", "{\"i\":2}").end();
            read(socket.getInputStream(), "{\"i\":2}\n\n");
            assertThat(frames.awaitClosed()).isTrue();
            assertThat(frames.wasAbandoned()).isFalse();
        }
    }

    @Test
    void noticesTheEndBehindBytesSentAhead() throws Exception {
        TestingFrames frames;
        try (Socket socket = sent(STREAM + QUICK)) {
            frames = frames();
            frames.push(1, "step", "{\"i\":1}");
            read(socket.getInputStream(), "{\"i\":1}\n\n");
        }
        assertThat(frames.awaitAbandoned()).isTrue();
    }

    @Test
    void doesNotAbandonWhatTheServerEnds() throws Exception {
        try (Socket socket = sent(STREAM)) {
            TestingFrames frames = frames();
            frames.push(1, "step", "{\"i\":1}");
            read(socket.getInputStream(), "{\"i\":1}\n\n");
            server.close();
            assertThat(frames.awaitClosed()).isTrue();
            assertThat(frames.wasAbandoned()).isFalse();
            assertThat(read(socket.getInputStream(), "0\r\n\r\n")).isNotNull();
        }
    }

    @Test
    void tellsALongAnswerThatNobodyWaits() throws Exception {
        try (Socket socket = sent(LONG)) {
            assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
            assertThat(gone.getCount()).isOne();
        }
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesALongAnswerToWhoWaits() throws Exception {
        try (Socket socket = sent(LONG)) {
            assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\"done\"");
            assertThat(answer).containsIgnoringCase("Connection: close\r\n");
        }
        assertThat(gone.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void tellsALongAnswerNothingWhenTheServerStops() throws Exception {
        try (Socket socket = sent(LONG)) {
            assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
            Thread.ofVirtual().start(server::close);
            assertThat(gone.await(1, TimeUnit.SECONDS)).isFalse();
            release.countDown();
            assertThat(socket.isClosed()).isFalse();
        }
        assertThat(gone.getCount()).isOne();
    }

    @Test
    void keepsTheConnectionsOfOthersInUse() throws Exception {
        try (Socket socket = sent(QUICK)) {
            read(socket.getInputStream(), "\"quick\"");
            socket.getOutputStream().write((QUICK + QUICK).getBytes(StandardCharsets.UTF_8));
            assertThat(read(socket.getInputStream(), "\"quick\"")).doesNotContainIgnoringCase("Connection: close");
            read(socket.getInputStream(), "\"quick\"");
            socket.getOutputStream().write(LONG.getBytes(StandardCharsets.UTF_8));
            assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private TestingFrames frames() throws InterruptedException {
        TestingFrames frames = streams.poll(20, TimeUnit.SECONDS);
        assertThat(frames).isNotNull();
        return frames;
    }

    private Socket sent(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Everything up to, and with, the given text. */
    private static String read(InputStream in, String last) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(last) < 0) {
            int next = in.read();
            assertThat(next).as("more than: %s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    private static String dechunked(String answer) {
        StringBuilder body = new StringBuilder();
        String rest = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        while (true) {
            int line = rest.indexOf("\r\n");
            int size = Integer.parseInt(rest.substring(0, line), 16);
            if (size == 0) {
                return body.toString();
            }
            body.append(rest, line + 2, line + 2 + size);
            rest = rest.substring(line + 4 + size);
        }
    }
}
