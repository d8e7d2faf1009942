package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print every step of an agent's run.")
final class LogsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run is over.")
    private boolean follow;

    @Option(names = "--json", description = "One event as JSON a line.")
    private boolean json;

    @Parameters(paramLabel = "AGENT", description = "The agent's id, such as ag_8cGoiD4ujxjGOrnjC0QsV.")
    private String agent = "";

    LogsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        Steps steps = new Steps(around.outStyle(), around.width());
        try (DroverClient client = server.client(around.environment())) {
            if (follow) {
                new EventStream(client, agent, Duration.ofSeconds(1)).follow(event -> print(steps, event));
            } else {
                pages(client, steps);
            }
        }
        return 0;
    }

    private void pages(DroverClient client, Steps steps) throws InterruptedException {
        String cursor = "";
        do {
            JsonNode page = client.get(Paths.logs(agent, cursor));
            page.path("data").forEach(event -> print(steps, event));
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());
    }

    private void print(Steps steps, JsonNode event) {
        if (json) {
            around.out().println(event);
        } else {
            steps.lines(event).forEach(around.out()::println);
        }
    }
}
