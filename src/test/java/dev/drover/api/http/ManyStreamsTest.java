package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManyStreamsTest {
    private static final int STREAMS = 500;
    private static final int STEPS = 10;

    private final Map<String, TestingFrames> sources = new ConcurrentHashMap<>();
    private final TestingHttp server = new TestingHttp(
            List.of(new Route(
                    Method.GET,
                    "/api/v2/streams/{name}",
                    Routes.dialect("/api/v2/streams"),
                    Gate.OPEN,
                    Operation.of("Test", call -> Answer.stream(source(call.path("name")), SseStyle.TIGHT)))),
            HttpSettings.at("127.0.0.1", 0).withTimes(Duration.ofMinutes(1), Duration.ofSeconds(30)));

    private TestingFrames source(String name) {
        return sources.computeIfAbsent(name, _ -> new TestingFrames());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void losesNoStepOfFiveHundredStreamsAtOnce() throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> read = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                String name = "s" + i;
                read.add(readers.submit(() -> steps(name, Integer.MAX_VALUE)));
            }
            for (int step = 0; step < STEPS; step++) {
                for (int i = 0; i < STREAMS; i++) {
                    source("s" + i).push(step, "step", "s" + i + " " + step);
                }
            }
            for (int i = 0; i < STREAMS; i++) {
                source("s" + i).end();
            }
            for (int i = 0; i < STREAMS; i++) {
                String name = "s" + i;
                assertThat(read.get(i).get(60, TimeUnit.SECONDS))
                        .isEqualTo(IntStream.range(0, STEPS)
                                .mapToObj(step -> name + " " + step)
                                .toList());
                assertThat(source(name).wasAbandoned()).isFalse();
            }
        }
    }

    @Test
    void noticesEachOfManyReadersWhoLeaveAtDifferentSteps() throws Exception {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> read = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "s" + i;
                int leaveAfter = i % (STEPS + 1);
                for (int step = 0; step < STEPS; step++) {
                    source(name).push(step, "step", name + " " + step);
                }
                read.add(readers.submit(() -> steps(name, leaveAfter)));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(read.get(i).get(60, TimeUnit.SECONDS)).hasSize(i % (STEPS + 1));
                assertThat(source("s" + i).awaitAbandoned()).as("stream %d", i).isTrue();
                assertThat(source("s" + i).awaitClosed()).isTrue();
            }
        }
    }

    /** What the data fields of a stream say, so many of them at most. */
    private List<String> steps(String name, int most) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            String request = "GET /api/v2/streams/" + name + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> steps = new ArrayList<>();
            while (steps.size() < most) {
                String line = reader.readLine();
                if (line == null) {
                    return steps;
                }
                if (line.startsWith("data:")) {
                    steps.add(line.substring("data:".length()));
                }
            }
            return steps;
        }
    }
}
