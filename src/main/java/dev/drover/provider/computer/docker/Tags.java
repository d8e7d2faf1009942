package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Container;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The names and labels by which containers and volumes are found again (Trinity contract, section 7.3).
 *
 * @param installation tells this server's containers from another's on the same engine
 */
record Tags(String installation, Clock clock) {
    static final String PLATFORM = "trinity.platform";
    static final String AGENT = "agent";
    static final String AGENT_NAME = "trinity.agent-name";
    static final String CREATED = "trinity.created";
    static final String INSTALLATION = "drover.installation";
    static final String OPENING = "drover.opening";

    private static final String AGENT_ID = "drover.agent-id";

    static String workspace(AgentId agent) {
        return "agent-" + agent + "-workspace";
    }

    static String shared(AgentId agent) {
        return "agent-" + agent + "-shared";
    }

    static String container(String name) {
        return "agent-" + name;
    }

    static Optional<AgentId> agent(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(AGENT_ID))
                .filter(Spelling::isUuid)
                .map(id -> new AgentId(UUID.fromString(id)));
    }

    Map<String, String> container(AgentId agent, Limits limits, Nameplate nameplate) {
        Map<String, String> labels = new HashMap<>(own(agent));
        labels.put("trinity.cpu", String.valueOf(limits.cpus()).replaceFirst("\\.0$", ""));
        labels.put("trinity.memory", (limits.memoryBytes() >> 20) + "m");
        labels.put("trinity.full-capabilities", "false");
        labels.put(CREATED, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        labels.put(AGENT_NAME, nameplate.name() == null ? agent.toString() : nameplate.name());
        labels.putAll(nameplate.labels());
        labels.putAll(own(agent));
        return labels;
    }

    /** What all containers of one agent have, whoever named them. */
    Map<String, String> own(AgentId agent) {
        return Map.of(PLATFORM, AGENT, AGENT_ID, agent.toString(), INSTALLATION, installation);
    }

    Map<String, String> volume(AgentId agent, String platform) {
        Map<String, String> labels = new HashMap<>(own(agent));
        labels.put(PLATFORM, platform);
        labels.put(AGENT_NAME, agent.toString());
        return labels;
    }

    Map<String, String> ours() {
        return Map.of(INSTALLATION, installation);
    }

    boolean isOurs(Map<String, String> labels) {
        return installation.equals(labels.get(INSTALLATION));
    }

    static FoundComputer found(Container container) {
        Map<String, String> labels = container.getLabels();
        String[] names = container.getNames();
        String name = names == null || names.length == 0 ? container.getId() : names[0].replaceFirst("^/", "");
        return new FoundComputer(
                container.getId(),
                labels.getOrDefault(AGENT_NAME, name.replaceFirst("^" + AGENT + "-", "")),
                agent(labels).orElse(null),
                state(container.getState()),
                Instant.ofEpochSecond(container.getCreated()),
                labels);
    }

    private static FoundComputer.State state(String word) {
        return switch (word) {
            case "running", "restarting" -> FoundComputer.State.RUNNING;
            case "exited" -> FoundComputer.State.EXITED;
            default -> FoundComputer.State.STOPPED;
        };
    }
}
