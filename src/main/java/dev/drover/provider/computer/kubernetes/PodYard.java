package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Where pods are made and removed: what is around them first, and nothing that belongs to other servers. */
final class PodYard implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAMES = 36 * 36 * 36 * 36 * 36;
    private static final String METADATA = "169.254.169.254;80";

    private final Cluster cluster;
    private final KubeTags tags;
    private final Duration patience;

    /** @param patience with pods that start: volumes and images take their time */
    PodYard(Cluster cluster, KubeTags tags, Duration patience) {
        this.cluster = cluster;
        this.tags = tags;
        this.patience = patience;
    }

    KubeTags tags() {
        return tags;
    }

    void ping() throws ComputerFailure {
        cluster.ping();
    }

    /** What asks the inside for facts: with places that it must not reach, where these are known by their numbers. */
    String[] places() throws IOException {
        URI api = cluster.address();
        if (api.getHost().equals("localhost") || api.getHost().startsWith("127.")) {
            return new String[] {"facts", METADATA}; // in there that is the pod itself
        }
        int port = api.getPort() > 0 ? api.getPort() : "http".equals(api.getScheme()) ? 80 : 443;
        return new String[] {"facts", api.getHost() + ";" + port, METADATA};
    }

    /** A new life on the agent's claim; whatever lived there before is ended first. */
    PodProcess start(PodPlan plan, Path sockets, boolean shell) throws IOException {
        cluster.closeDoors(tags);
        cluster.claim(plan);
        removePods(plan.agent());
        String name = KubeTags.name(plan.agent()) + "-" + random();
        boolean started = false;
        try {
            cluster.create(plan.pod(name));
            cluster.awaitStart(name, patience);
            PodLine line = new PodLine(cluster.run(name, PodLine.COMMAND), sockets, name, shell);
            started = true;
            return new PodProcess(name, line);
        } finally {
            if (!started) {
                cluster.remove(name);
            }
        }
    }

    void end(PodProcess ended) throws IOException {
        cluster.remove(ended.pod());
    }

    /** All pods of an agent, whichever server made them: their claim is one pod's at a time. */
    void removePods(AgentId agent) throws IOException {
        for (Pod pod : cluster.pods(tags.of(agent))) {
            cluster.remove(pod.getMetadata().getName());
        }
    }

    void removeClaim(AgentId agent) throws IOException {
        cluster.removeClaim(agent);
    }

    boolean hasClaim(AgentId agent) throws IOException {
        return cluster.claimOf(agent).isPresent();
    }

    boolean hasPod(AgentId agent) throws IOException {
        return !cluster.pods(tags.of(agent)).isEmpty();
    }

    /** Agents of whom this server has left something. */
    Set<AgentId> agents() throws IOException {
        Set<AgentId> agents = new TreeSet<>((one, other) -> one.value().compareTo(other.value()));
        for (PersistentVolumeClaim claim : cluster.claims(tags.ours())) {
            KubeTags.agent(claim.getMetadata()).ifPresent(agents::add);
        }
        for (Pod pod : cluster.pods(tags.ours())) {
            KubeTags.agent(pod.getMetadata()).ifPresent(agents::add);
        }
        return agents;
    }

    /** Pods of computers in the namespace that are none of this installation's. */
    List<Pod> strangers() throws IOException {
        return cluster.pods(KubeTags.COMPUTER).stream()
                .filter(pod -> !tags.installation()
                        .equals(pod.getMetadata().getLabels().get(KubeTags.INSTALLATION)))
                .toList();
    }

    /** Pods that this server made and that have ended by themselves. */
    List<Pod> ended() throws IOException {
        return cluster.pods(tags.ours()).stream()
                .filter(pod -> List.of("Succeeded", "Failed").contains(KubeTags.phase(pod)))
                .toList();
    }

    void remove(Pod pod) throws IOException {
        cluster.remove(pod.getMetadata().getName());
    }

    private static String random() {
        return String.format(Locale.ROOT, "%5s", Integer.toString(RANDOM.nextInt(NAMES), 36))
                .replace(' ', '0');
    }

    @Override
    public void close() {
        cluster.close();
    }
}
