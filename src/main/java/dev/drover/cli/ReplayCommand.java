package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Execute a run once more from its log, without models, tools and network, and compare.")
final class ReplayCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Option(names = "--json", description = "What came of it as JSON.")
    private boolean json;

    @Parameters(paramLabel = "RUN", description = "A run's id, or an agent's for its newest run.")
    private String run = "";

    ReplayCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            JsonNode replay = client.get(Paths.replay(run));
            if (json) {
                around.out().println(replay);
            } else {
                print(replay);
            }
            return replay.path("same").asBoolean() ? 0 : Commands.FAILED;
        }
    }

    private void print(JsonNode replay) {
        Style style = around.outStyle();
        line("run", replay.path("run_id").asText() + (replay.path("over").asBoolean() ? "" : ", which goes on"));
        line(
                "entries",
                replay.path("entries").asInt() + ", made again "
                        + replay.path("made").asInt());
        line("log", replay.path("log_hash").asText());
        line("replay", replay.path("replay_hash").asText("-"));
        if (replay.has("why")) {
            line("result", style.accent("not executed: " + replay.path("why").asText()));
        } else if (replay.path("same").asBoolean()) {
            line("result", style.good("the same"));
        } else {
            JsonNode difference = replay.path("difference");
            line(
                    "result",
                    style.bad("different at event " + difference.path("seq").asLong()));
            line("logged", difference.path("logged").asText("nothing"));
            line("came", difference.path("came").asText("nothing"));
        }
    }

    private void line(String name, String value) {
        around.out().printf("%-8s %s%n", name, value);
    }
}
