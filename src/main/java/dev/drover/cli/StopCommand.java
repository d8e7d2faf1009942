package dev.drover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop an agent; one that is over stays as it is.")
final class StopCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Parameters(paramLabel = "AGENT", description = "The agent's id, such as ag_8cGoiD4ujxjGOrnjC0QsV.")
    private String agent = "";

    StopCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            around.out()
                    .println(client.delete(Paths.agent(agent)).path("status").asText());
        }
        return 0;
    }
}
