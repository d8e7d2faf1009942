package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents that keep computers on a server, made one after another or several at once; all are deleted at the end. */
final class Fleet {
    static final String AGENTS = "/api/agents";

    private static final int AT_ONCE = 4;

    private final Client client;
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private final AtomicInteger made = new AtomicInteger();

    Fleet(Client client) {
        this.client = client;
    }

    /** Its name, when its computer is on. */
    String create() throws IOException, InterruptedException {
        String name = "bench-" + made.incrementAndGet();
        names.add(name);
        JsonNode agent = client.post(AGENTS, Map.of("name", name));
        if (!agent.path("status").asText().equals("running")) {
            throw new IOException("a new agent is not running: " + agent);
        }
        return name;
    }

    /** Creates agents until there are so many. */
    void growTo(int count) throws IOException, InterruptedException {
        Together.on(AT_ONCE, count - names.size(), number -> create());
    }

    void stop(String name) throws IOException, InterruptedException {
        client.post(AGENTS + "/" + name + "/stop", Map.of());
    }

    void start(String name) throws IOException, InterruptedException {
        client.post(AGENTS + "/" + name + "/start", Map.of());
    }

    void chat(String name, Script script) throws IOException, InterruptedException {
        client.post(AGENTS + "/" + name + "/chat", Map.of("message", script.task()));
    }

    void delete(String name) throws IOException, InterruptedException {
        client.delete(AGENTS + "/" + name);
        names.remove(name);
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** How many of them the server calls running. */
    int running() throws IOException, InterruptedException {
        int running = 0;
        for (JsonNode agent : client.get(AGENTS)) {
            if (names.contains(agent.path("name").asText())
                    && agent.path("status").asText().equals("running")) {
                running++;
            }
        }
        return running;
    }

    /** One that was never made has nothing to delete; whatever else is left goes with the server. */
    void deleteAll() throws IOException, InterruptedException {
        List<String> rest = names();
        Together.on(AT_ONCE, rest.size(), number -> {
            try {
                delete(rest.get(number));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }
}
