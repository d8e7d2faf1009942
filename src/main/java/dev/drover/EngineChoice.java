package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.machine.MachineSpecs;
import dev.drover.provider.computer.docker.EngineSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which engine makes computers that are containers.
 *
 * @param host as {@code DOCKER_HOST} has it for every client of an engine
 * @param image of agents that name none
 * @param warm how many containers stand ready for agents to come
 */
record EngineChoice(String host, String image, int warm) {
    private static final String SCHEME = "unix://";
    private static final int MOST_WARM = 20;

    static EngineChoice read(Given given) {
        return new EngineChoice(
                given.text("DOCKER_HOST").orElse(SCHEME + "/var/run/docker.sock"),
                given.text("DROVER_COMPUTER_IMAGE").orElse("trinity-agent-base:latest"),
                given.within("DROVER_COMPUTERS_WARM", 0, MOST_WARM, 1));
    }

    /**
     * For computers below a folder; only now does it matter what the host is.
     *
     * @param seen that folder, by the name under which the engine finds it
     */
    EngineSettings below(Path seen) {
        if (!host.startsWith(SCHEME + "/")) {
            throw new StartFailure(
                    "DOCKER_HOST is '" + host + "', expected is the unix socket of an engine on this host,"
                            + " such as unix:///var/run/docker.sock: folders and sockets are shared with containers");
        }
        return new EngineSettings(
                Path.of(host.substring(SCHEME.length())), image, seen, warm, MachineSpecs.USUAL_LIMITS);
    }

    void show(Map<String, String> shown) {
        shown.put("DOCKER_HOST", host);
        shown.put("DROVER_COMPUTER_IMAGE", image);
        shown.put("DROVER_COMPUTERS_WARM", String.valueOf(warm));
    }
}
