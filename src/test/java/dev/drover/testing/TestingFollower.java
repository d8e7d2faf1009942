package dev.drover.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Follows one agent to its end as a browser does: comes back with the last id whenever the stream breaks. */
public final class TestingFollower {
    private final TestingAgents agents;
    private final String agent;
    private final List<String> data = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile String lastId;
    private volatile boolean over;

    private TestingFollower(TestingAgents agents, String agent, long after) {
        this.agents = agents;
        this.agent = agent;
        this.lastId = String.valueOf(after);
        this.thread = Thread.ofVirtual().start(this::follow);
    }

    public static TestingFollower from(TestingAgents agents, String agent, long after) {
        return new TestingFollower(agents, agent, after);
    }

    /** Whom it follows. */
    public String agent() {
        return agent;
    }

    /** The data of all events, in the order of their coming, when the server says that there are no more. */
    public List<String> all() {
        Waiting.until(() -> over || !thread.isAlive());
        if (!over) {
            throw new AssertionError("the follower of " + agent + " gave up at " + lastId);
        }
        return List.copyOf(data);
    }

    private void follow() {
        while (!over) {
            try {
                connect();
            } catch (IOException away) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void connect() throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> answer = agents.http()
                .send(
                        agents.request("/" + agent + "/events")
                                .header("Last-Event-ID", lastId)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() == 204) {
                over = true;
            } else if (answer.statusCode() == 200) {
                read(lines);
            } else {
                throw new IOException("status " + answer.statusCode());
            }
        }
    }

    /** An event counts when the empty line behind it has come. */
    private void read(BufferedReader lines) throws IOException {
        String id = "";
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                event = line.substring("data: ".length());
            } else if (line.isEmpty() && !event.isEmpty()) {
                data.add(event);
                lastId = id;
                event = "";
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
