package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is asked of a cluster's API, in one namespace of it. */
final class Cluster implements AutoCloseable {
    /** A lost node's pods are gone when the cluster says so, which may take minutes; nobody waits for that. */
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
    private static final Duration SHORTEST_PACE = Duration.ofMillis(25);
    private static final Duration LONGEST_PACE = Duration.ofSeconds(1);

    private final Supplier<KubernetesClient> connecting;
    private final @Nullable String namespace;
    private final ReentrantLock connection = new ReentrantLock();
    private @Nullable KubernetesClient client;

    /** Connected when it is first asked. */
    Cluster(Supplier<KubernetesClient> connecting, @Nullable String namespace) {
        this.connecting = connecting;
        this.namespace = namespace;
    }

    /** One call, whose failure tells what the cluster said. */
    @FunctionalInterface
    private interface Call<T> {
        T ask(KubernetesClient client, String namespace);
    }

    private <T> T ask(String what, Call<T> call) throws IOException {
        try {
            KubernetesClient connected = client();
            String inside = namespace != null ? namespace : connected.getNamespace();
            return call.ask(connected, inside == null ? "default" : inside);
        } catch (KubernetesClientException e) {
            throw new IOException("the cluster refused to " + what + ": " + reason(e) + remedy(e), e);
        }
    }

    private KubernetesClient client() {
        connection.lock();
        try {
            KubernetesClient connected = client;
            if (connected == null) {
                connected = connecting.get();
                client = connected;
            }
            return connected;
        } finally {
            connection.unlock();
        }
    }

    private static String reason(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable bottom = e;
        while (bottom.getCause() != null) {
            bottom = bottom.getCause();
        }
        return bottom.getMessage() == null ? bottom.toString() : bottom.getMessage();
    }

    private static String remedy(KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "; give the server's account the rights in deploy/kubernetes/rbac.yaml";
            case HttpURLConnection.HTTP_UNAUTHORIZED -> "; look at the kubeconfig or the service account's token";
            case 0 -> "; look at KUBECONFIG, or run the server in the cluster with a service account";
            default -> "";
        };
    }

    /** Whether the cluster answers at all. */
    void ping() throws ComputerFailure {
        try {
            ask("say its version", (asked, inside) -> asked.getKubernetesVersion());
        } catch (IOException e) {
            throw ComputerFailure.absent(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where the API is, for whoever must not reach it. */
    URI address() throws IOException {
        return URI.create(
                ask("be found", (asked, inside) -> asked.getMasterUrl().toString()));
    }

    /** Makes the policy that all computers are under, unless it is there. */
    void closeDoors(KubeTags tags) throws IOException {
        ask("make the network policy", (asked, inside) -> {
            var policy = PodPlan.policy(tags);
            var policies = asked.network().v1().networkPolicies().inNamespace(inside);
            if (policies.withName(policy.getMetadata().getName()).get() == null) {
                unlessThere(() -> policies.resource(policy).create());
            }
            return tags;
        });
    }

    /** Makes an agent's claim, or makes one that another server made this one's own. */
    void claim(PodPlan plan) throws IOException {
        PersistentVolumeClaim wanted = plan.claim();
        ask("make a volume claim", (asked, inside) -> {
            var claims = asked.persistentVolumeClaims().inNamespace(inside);
            var claim = claims.withName(wanted.getMetadata().getName());
            PersistentVolumeClaim there = claim.get();
            if (there == null) {
                unlessThere(() -> claims.resource(wanted).create());
            } else if (!wanted.getMetadata()
                    .getLabels()
                    .equals(there.getMetadata().getLabels())) {
                claim.edit(old -> new PersistentVolumeClaimBuilder(old)
                        .editMetadata()
                        .addToLabels(wanted.getMetadata().getLabels())
                        .endMetadata()
                        .build());
            }
            return plan;
        });
    }

    private static void unlessThere(Runnable making) {
        try {
            making.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    Optional<PersistentVolumeClaim> claimOf(AgentId agent) throws IOException {
        return ask(
                "show a volume claim",
                (asked, inside) -> Optional.ofNullable(asked.persistentVolumeClaims()
                        .inNamespace(inside)
                        .withName(KubeTags.name(agent))
                        .get()));
    }

    List<PersistentVolumeClaim> claims(Map<String, String> labels) throws IOException {
        return ask(
                "list volume claims",
                (asked, inside) -> asked.persistentVolumeClaims()
                        .inNamespace(inside)
                        .withLabels(labels)
                        .list()
                        .getItems());
    }

    void removeClaim(AgentId agent) throws IOException {
        ask(
                "delete a volume claim",
                (asked, inside) -> asked.persistentVolumeClaims()
                        .inNamespace(inside)
                        .withName(KubeTags.name(agent))
                        .delete());
    }

    void create(Pod pod) throws IOException {
        ask(
                "make a pod",
                (asked, inside) ->
                        asked.pods().inNamespace(inside).resource(pod).create());
    }

    Optional<Pod> pod(String name) throws IOException {
        return ask(
                "show a pod",
                (asked, inside) -> Optional.ofNullable(
                        asked.pods().inNamespace(inside).withName(name).get()));
    }

    List<Pod> pods(Map<String, String> labels) throws IOException {
        return ask(
                "list pods",
                (asked, inside) -> asked.pods()
                        .inNamespace(inside)
                        .withLabels(labels)
                        .list()
                        .getItems());
    }

    /** Waits until its container runs; a failure that time will not mend ends the wait. */
    void awaitStart(String name, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pace = SHORTEST_PACE;
        while (true) {
            Pod pod = pod(name).orElseThrow(() -> new IOException("pod " + name + " was deleted while it started"));
            if (KubeTags.phase(pod).equals("Running")) {
                return;
            }
            Optional<String> wrong = PodTrouble.of(pod);
            if (wrong.isPresent()) {
                throw new IOException("pod " + name + " does not start: " + wrong.get());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("pod " + name + " has not started within " + patience.toSeconds() + " s: "
                        + PodTrouble.waitsFor(pod));
            }
            try {
                Thread.sleep(pace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while pod " + name + " started");
            }
            pace = slower(pace);
        }
    }

    /** Deletes a pod and waits until it is gone. */
    void remove(String name) throws IOException {
        ask(
                "delete a pod",
                (asked, inside) -> asked.pods()
                        .inNamespace(inside)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        Duration pace = SHORTEST_PACE;
        while (pod(name).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("pod " + name + " is still there " + LONGEST_END.toSeconds()
                        + " s after it was deleted; its node may be lost");
            }
            Uninterrupted.pause(pace);
            pace = slower(pace);
        }
    }

    private static Duration slower(Duration pace) {
        Duration slower = pace.multipliedBy(3).dividedBy(2);
        return slower.compareTo(LONGEST_PACE) > 0 ? LONGEST_PACE : slower;
    }

    /** Starts a command in a pod; its three streams are the answer's. */
    ExecStream run(String pod, String... command) throws IOException {
        return ask("run a command in a pod", (asked, inside) -> {
            StringBuilder query =
                    new StringBuilder("container=" + PodPlan.CONTAINER + "&stdin=true&stdout=true&stderr=true");
            for (String word : command) {
                query.append("&command=")
                        .append(URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20"));
            }
            URI uri = URI.create(asked.getMasterUrl().toString())
                    .resolve("api/v1/namespaces/" + inside + "/pods/" + pod + "/exec?" + query);
            ExecStream stream = new ExecStream();
            Utils.waitUntilReadyOrFail(
                    asked.getHttpClient()
                            .newWebSocketBuilder()
                            .subprotocol(ExecStream.PROTOCOL)
                            .uri(uri)
                            .buildAsync(stream),
                    LONGEST_CALL.toMillis(),
                    TimeUnit.MILLISECONDS);
            return stream;
        });
    }

    @Override
    public void close() {
        connection.lock();
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            connection.unlock();
        }
    }
}
