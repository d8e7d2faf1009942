package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "agents", description = "List agents, newest first.")
final class AgentsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "COUNT",
            description = "At most so many; 20.")
    private int limit = 20;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    AgentsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            List<JsonNode> agents = Pages.read(client, Paths.AGENTS, limit);
            if (json) {
                agents.forEach(around.out()::println);
            } else {
                Table table = new Table("AGENT", "STATUS", "CREATED", "NAME");
                agents.forEach(agent -> table.row(
                        agent.path("agent_id").asText(),
                        agent.path("status").asText(),
                        agent.path("created_at").asText().replaceFirst("\\.\\d+Z$", "Z"),
                        Steps.cut(agent.path("name").asText(), 60)));
                table.print(around.out(), around.outStyle());
            }
        }
        return 0;
    }
}
