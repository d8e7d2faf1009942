package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.FoundComputer;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The names and labels by which pods and claims are found again.
 *
 * @param installation of all servers with one database, any of which may take an agent over
 * @param server of this one alone: nobody else sweeps what bears it
 */
record KubeTags(String installation, String server) {
    static final String INSTALLATION = "drover.dev/installation";
    static final String SERVER = "drover.dev/server";
    static final String AGENT = "drover.dev/agent";
    static final String NAME = "drover.dev/agent-name";

    /** What every pod of an agent bears, whoever made it. */
    static final Map<String, String> COMPUTER =
            Map.of("app.kubernetes.io/name", "drover-computer", "app.kubernetes.io/managed-by", "drover");

    /** Of the claim, and the beginning of the names of pods: each life of a computer is a pod of its own. */
    static String name(AgentId agent) {
        return "drover-" + agent;
    }

    Map<String, String> policy() {
        return with(COMPUTER, INSTALLATION, installation);
    }

    Map<String, String> of(AgentId agent) {
        return with(policy(), AGENT, agent.toString());
    }

    /** Of what this server makes. */
    Map<String, String> made(AgentId agent) {
        return with(of(agent), SERVER, server);
    }

    /** Of all that this server made. */
    Map<String, String> ours() {
        return with(policy(), SERVER, server);
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(name, value);
        return all;
    }

    static Optional<AgentId> agent(ObjectMeta meta) {
        return Optional.ofNullable(meta.getLabels())
                .map(labels -> labels.get(AGENT))
                .filter(Spelling::isUuid)
                .map(id -> new AgentId(UUID.fromString(id)));
    }

    static FoundComputer found(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        Map<String, String> labels = meta.getLabels();
        Map<String, String> notes = Optional.ofNullable(meta.getAnnotations()).orElse(Map.of());
        FoundComputer.State state = switch (phase(pod).toLowerCase(Locale.ROOT)) {
            case "running" -> FoundComputer.State.RUNNING;
            case "succeeded", "failed" -> FoundComputer.State.EXITED;
            default -> FoundComputer.State.STOPPED;
        };
        return new FoundComputer(
                meta.getUid(),
                notes.getOrDefault(NAME, meta.getName()),
                agent(meta).orElse(null),
                state,
                Instant.parse(meta.getCreationTimestamp()),
                labels);
    }

    static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }
}
