package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.Settings;
import dev.drover.core.StartFailure;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Give a task to a new agent, watch it work, and print its result.",
            "Steps go to the error stream and the result to the output, so that $(drover run ...) is the result.",
            "Starts a server for as long as it takes unless one is running. Exit code 0 only for a completed run."
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Embedded embedded;
    private final SettingsFlags flags;

    @Option(names = "--url", paramLabel = "URL", description = "A running server (DROVER_URL).")
    private @Nullable String url;

    @Option(names = "--name", paramLabel = "NAME", description = "The agent's name; made of the task otherwise.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print the run's events as JSON, one a line, and nothing else.")
    private boolean json;

    @Parameters(paramLabel = "TASK", description = "What is to be done, in plain words.")
    private String task = "";

    RunCommand(Surroundings around, Embedded embedded, SettingsFlags flags) {
        this.around = around;
        this.embedded = embedded;
        this.flags = flags;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.forPeople(around.err());
        Interruption interruption = Interruption.listen();
        Map<String, String> environment = around.environment();
        Settings settings = flags.readForOneRun(environment);
        Optional<URI> found = ServerFlags.named(url, environment).or(() -> new ServerFile(settings.data()).find());
        if (found.isPresent()) {
            refuseForeignFlag(found.get());
            return work(found.get(), settings, interruption);
        }
        try (Hosted hosted = Hosted.start(embedded, settings)) {
            hosted.newPassword().ifPresent(around.err()::println);
            return work(hosted.url(), settings, interruption);
        }
    }

    /** A flag that would have no effect is refused rather than ignored. */
    private void refuseForeignFlag(URI server) {
        String flag = flags.forNewServer();
        if (flag != null) {
            throw new StartFailure(
                    "%s is for a server that this command starts, but one is running at %s:".formatted(flag, server)
                            + " leave the flag out, stop that server, or name another folder with --data");
        }
    }

    private int work(URI server, Settings settings, Interruption interruption) throws InterruptedException {
        try (DroverClient client = new DroverClient(server, ServerFlags.key(settings.data(), around.environment()))) {
            ObjectNode wish = JsonNodeFactory.instance.objectNode().put("task", task);
            if (name != null) {
                wish.put("name", name);
            }
            if (interruption.code() != 0) {
                return interruption.code();
            }
            JsonNode spawned = client.post(Paths.AGENTS, wish);
            return new Watch(client, spawned.path("agent_id").asText(), around, json).toTheEnd(interruption);
        }
    }
}
