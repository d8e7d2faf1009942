package dev.drover.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Follows one agent to its end at any server, and comes back elsewhere with the last id whenever the stream breaks; now
 * and then it hangs up itself.
 */
final class ChaosFollower {
    private static final int OVER = 204;

    private final ChaosClients clients;
    private final Count.Table counts;
    private final String agent;
    private final List<String> frames = new ArrayList<>();
    private final Thread thread;
    private String lastId = "0";
    private volatile boolean over;

    ChaosFollower(ChaosClients clients, Count.Table counts, String agent) {
        this.clients = clients;
        this.counts = counts;
        this.agent = agent;
        this.thread = Thread.ofVirtual().name("follower-" + agent).start(this::follow);
    }

    boolean over() {
        return over;
    }

    /** What it was sent, frame by frame, joined over all its connections. */
    synchronized List<String> frames() {
        return List.copyOf(frames);
    }

    void giveUp() {
        thread.interrupt();
    }

    private void follow() {
        try {
            while (!over) {
                Optional<ChaosNode> node = clients.any();
                Optional<HttpRequest.Builder> request =
                        node.flatMap(found -> clients.request(found, "/" + agent + "/events"));
                if (request.isPresent()) {
                    connect(request.get());
                }
                if (!over) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(20, 200));
                }
            }
        } catch (InterruptedException e) {
            // The round gave up on it, and says so.
        }
    }

    private void connect(HttpRequest.Builder request) throws InterruptedException {
        int patience = ThreadLocalRandom.current().nextInt(1, 40);
        try {
            HttpResponse<InputStream> answer = clients.http()
                    .send(request.header("Last-Event-ID", lastId).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == OVER) {
                    over = true;
                } else if (answer.statusCode() == 200) {
                    counts.add(Count.RECONNECTS);
                    read(body, patience);
                }
            }
        } catch (IOException broken) {
            // It comes back with the last id.
        }
    }

    private void read(InputStream body, int patience) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (int i = 0; i < patience; i++) {
            Optional<String> frame = frame(lines);
            if (frame.isEmpty()) {
                return;
            }
            synchronized (this) {
                frames.add(frame.get());
            }
            lastId = id(frame.get());
        }
    }

    /** The next whole frame that has an id, as it came; empty at the end, where half a frame does not count. */
    static Optional<String> frame(BufferedReader lines) throws IOException {
        StringBuilder frame = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isEmpty()) {
                frame.append(line).append('\n');
            } else if (frame.indexOf("id: ") >= 0) {
                return Optional.of(frame.toString());
            } else {
                frame.setLength(0);
            }
        }
        return Optional.empty();
    }

    private static String id(String frame) {
        return field(frame, "id: ");
    }

    static String data(String frame) {
        return field(frame, "data: ");
    }

    private static String field(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no '" + name + "' in the frame " + frame));
    }
}
