package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The events of one agent's run, in order and each once, however often the connection breaks. */
final class EventStream {
    /** As many breaks in a row, without an event between them, mean that there is no use. */
    private static final int TRIES = 30;

    private static final Set<String> LAST = Set.of("end", "error", "stopped");

    private final DroverClient client;
    private final String path;
    private Duration pause;
    private long seen;
    private boolean ended;

    /** @param pause to wait after a break, until the server names another time */
    EventStream(DroverClient client, String agent, Duration pause) {
        this.client = client;
        this.path = Paths.events(agent);
        this.pause = pause;
    }

    /** What is done with each event. */
    @FunctionalInterface
    interface Taker {
        void take(JsonNode event) throws InterruptedException;
    }

    /** Hands out every event from the first to the last one of the run, and returns then. */
    void follow(Taker each) throws InterruptedException {
        int failures = 0;
        while (!ended) {
            long before = seen;
            try {
                connect(each);
                failures = 0;
            } catch (IOException e) {
                // Resumed behind the last event seen.
                failures = seen > before ? 0 : failures + 1;
                if (failures > TRIES) {
                    throw lost(e);
                }
            }
            if (!ended) {
                Thread.sleep(pause);
            }
        }
    }

    private ClientFailure lost(IOException last) {
        String reason = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
        return new ClientFailure(
                "the events of the run cannot be read from %s (%s); the run itself goes on: drover logs -f later"
                        .formatted(client.server(), reason),
                last);
    }

    private void connect(Taker each) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.stream(path, seen);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> read(body, each);
                case 204 -> ended = true;
                case 400, 401, 403, 404, 405 ->
                    throw DroverClient.refusal(
                            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                default -> throw new IOException("it answers " + response.statusCode());
            }
        }
    }

    private void read(InputStream body, Taker each) throws IOException, InterruptedException {
        ServerSentEvents events = new ServerSentEvents(body);
        for (Optional<String> data = events.next(); data.isPresent() && !ended; data = events.next()) {
            JsonNode event = DroverClient.parse(data.get());
            long seq = event.path("seq").asLong();
            if (seq > seen) {
                seen = seq;
                each.take(event);
                ended = LAST.contains(event.path("kind").asText());
            }
        }
        Long wanted = events.retryMillis();
        if (wanted != null) {
            pause = Duration.ofMillis(wanted);
        }
    }
}
