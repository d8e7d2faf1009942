package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Check that no run is stuck and that every log is as it was written; 1 when something is wrong.")
final class CheckCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Option(names = "--run", paramLabel = "RUN", description = "Only the log of that run.")
    private @Nullable String run;

    @Option(names = "--json", description = "What was found, as one JSON object.")
    private boolean json;

    private final ArrayNode found = JsonNodeFactory.instance.arrayNode();
    private long runs;
    private long events;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            if (run != null) {
                take(client.get(Paths.check("run", run)));
            } else {
                all(client);
            }
        }
        Style style = around.outStyle();
        if (json) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.put("runs", runs).put("events", events).set("violations", found);
            around.out().println(all);
        } else if (found.isEmpty()) {
            around.out().println(style.good("✓ ") + "nothing is wrong: " + looked());
        } else {
            around.out().println(style.bad("✗ ") + found.size() + " violations: " + looked());
        }
        return found.isEmpty() ? 0 : Commands.FAILED;
    }

    private String looked() {
        return "%,d runs with %,d events were checked".formatted(runs, events);
    }

    private void all(DroverClient client) throws InterruptedException {
        String cursor = "";
        do {
            JsonNode page = client.get(Paths.check("cursor", cursor));
            take(page);
            JsonNode next = page.path("next_cursor");
            cursor = next.isNull() ? "" : next.asText("");
        } while (!cursor.isEmpty());
    }

    private void take(JsonNode page) {
        runs += page.path("runs").asLong();
        events += page.path("events").asLong();
        for (JsonNode violation : page.path("violations")) {
            found.add(violation);
            if (!json) {
                print(violation);
            }
        }
    }

    private void print(JsonNode violation) {
        Style style = around.outStyle();
        JsonNode seq = violation.path("seq");
        around.out()
                .println(style.bad("✗ ") + style.bold(violation.path("kind").asText()) + "  run "
                        + violation.path("run_id").asText() + (seq.isNull() ? "" : "  event " + seq.asLong()) + "  "
                        + style.dim(violation.path("agent_id").asText()));
        List<String> lines = Paragraph.wrapped(violation.path("text").asText(), around.width() - 2);
        lines.forEach(line -> around.out().println("  " + line));
    }
}
