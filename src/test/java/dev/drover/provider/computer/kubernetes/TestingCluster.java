package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.zjsonpatch.JsonPatch;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A cluster of one node on this host: the part of Kubernetes' API that computers use, over real HTTP and WebSockets,
 * and a {@link TestingKubelet} that really runs what it is told. There is no scheduler, no storage and no network.
 */
final class TestingCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PODS = "/api/v1/namespaces/{ns}/pods";

    private final TestingKubelet kubelet;
    private final WebServer server;
    private final String address;
    private final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();
    private final Map<String, TestingKubelet.Running> running = new ConcurrentHashMap<>();
    private volatile boolean enforcesPolicies = true;
    private volatile boolean starts = true;

    TestingCluster(Path node) throws IOException {
        kubelet = new TestingKubelet(node);
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.get("/version", (request, response) -> send(response, Status.OK_200, version()));
        for (String kind : List.of("/api/v1/{kind}", "/apis/networking.k8s.io/v1/{kind}")) {
            String all = kind.replace("{kind}", "namespaces/{ns}/{kind}");
            routing.get(all, this::list);
            routing.post(all, this::create);
            routing.get(all + "/{name}", this::show);
            routing.patch(all + "/{name}", this::patch);
            routing.delete(all + "/{name}", this::delete);
        }
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .addProtocol(WsConfig.builder().maxFrameLength(4 << 20).build())
                .addRouting(routing)
                .addRouting(WsRouting.builder().endpoint(PODS + "/{name}/exec", () -> new TestingExec(this)))
                .build()
                .start();
        address = "http://127.0.0.1:" + server.port();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl(address)
                        .withNamespace("agents")
                        .withRequestTimeout(10_000)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** From now on policies are words, as in clusters whose network does not know them. */
    void forgetPolicies() {
        enforcesPolicies = false;
    }

    /** From now on pods wait for an image that nobody has. */
    void loseImages() {
        starts = false;
    }

    TestingKubelet kubelet() {
        return kubelet;
    }

    List<JsonNode> objects(String kind) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().contains("/" + kind + "/"))
                .<JsonNode>map(Map.Entry::getValue)
                .toList();
    }

    List<String> names(String kind) {
        return objects(kind).stream()
                .map(each -> each.at("/metadata/name").asText())
                .toList();
    }

    TestingKubelet.Running running(String pod) throws IOException {
        return Optional.ofNullable(running.get(pod)).orElseThrow(() -> new IOException("no pod " + pod + " runs"));
    }

    /** Ends the agent's pod as its kernel would, with a signal. */
    void kill(AgentId agent) throws Exception {
        for (String pod : names("pods")) {
            if (pod.contains(agent.toString())) {
                running(pod).end();
            }
        }
    }

    private static ObjectNode version() {
        return JSON.createObjectNode().put("major", "1").put("minor", "33").put("gitVersion", "v1.33.0-testing");
    }

    private static String path(ServerRequest request) {
        return request.path().path();
    }

    private void list(ServerRequest request, ServerResponse response) {
        String prefix = path(request) + "/";
        String wanted = request.query().first("labelSelector").orElse("");
        ObjectNode all = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        all.putObject("metadata").put("resourceVersion", "1");
        ArrayNode items = all.putArray("items");
        objects.forEach((path, each) -> {
            if (path.startsWith(prefix) && bears(each, wanted)) {
                items.add(each);
            }
        });
        send(response, Status.OK_200, all);
    }

    private static boolean bears(JsonNode object, String selector) {
        for (String pair : selector.split(",", -1)) {
            String[] words = pair.split("==?", 2);
            if (words.length == 2
                    && !object.at("/metadata/labels").path(words[0]).asText().equals(words[1])) {
                return false;
            }
        }
        return true;
    }

    private void create(ServerRequest request, ServerResponse response) throws IOException {
        ObjectNode object = (ObjectNode) JSON.readTree(request.content().as(byte[].class));
        ObjectNode meta = (ObjectNode) object.path("metadata");
        meta.put("uid", UUID.randomUUID().toString())
                .put("resourceVersion", "1")
                .put("namespace", "agents")
                .put(
                        "creationTimestamp",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        String path = path(request) + "/" + meta.path("name").asText();
        if (objects.putIfAbsent(path, object) != null) {
            refuse(response, Status.CONFLICT_409, "AlreadyExists", path + " is there already");
            return;
        }
        if (path.contains("/pods/")) {
            begin(path, object);
        }
        send(response, Status.CREATED_201, object);
    }

    private void begin(String path, ObjectNode pod) throws IOException {
        if (!starts) {
            phase(path, "Pending", "ErrImagePull");
            return;
        }
        phase(path, "Pending", "ContainerCreating");
        boolean closed = enforcesPolicies
                && objects("networkpolicies").stream().anyMatch(policy -> closes(policy.path("spec"), pod));
        TestingKubelet.Running begun = kubelet.start(pod, closed);
        running.put(pod.at("/metadata/name").asText(), begun);
        phase(path, "Running", "");
        var _ = begun.process()
                .onExit()
                .thenAccept(ended -> phase(path, ended.exitValue() == 0 ? "Succeeded" : "Failed", ""));
    }

    private static boolean closes(JsonNode policy, JsonNode pod) {
        boolean out = false;
        for (JsonNode type : policy.path("policyTypes")) {
            out |= type.asText().equals("Egress") && policy.path("egress").isEmpty();
        }
        for (Map.Entry<String, JsonNode> label :
                policy.at("/podSelector/matchLabels").properties()) {
            out &= label.getValue().equals(pod.at("/metadata/labels").path(label.getKey()));
        }
        return out;
    }

    private void phase(String path, String phase, String waiting) {
        objects.computeIfPresent(path, (name, pod) -> {
            ObjectNode changed = pod.deepCopy();
            ObjectNode status = changed.putObject("status").put("phase", phase);
            ObjectNode container = status.putArray("containerStatuses").addObject();
            container.put("name", "computer").put("ready", phase.equals("Running"));
            if (!waiting.isEmpty()) {
                container
                        .putObject("state")
                        .putObject("waiting")
                        .put("reason", waiting)
                        .put("message", "no such image");
            }
            return changed;
        });
    }

    private void show(ServerRequest request, ServerResponse response) {
        ObjectNode found = objects.get(path(request));
        if (found == null) {
            refuse(response, Status.NOT_FOUND_404, "NotFound", path(request) + " not found");
        } else {
            send(response, Status.OK_200, found);
        }
    }

    private void patch(ServerRequest request, ServerResponse response) throws IOException {
        JsonNode patch = JSON.readTree(request.content().as(byte[].class));
        ObjectNode changed =
                objects.computeIfPresent(path(request), (path, old) -> (ObjectNode) JsonPatch.apply(patch, old));
        if (changed == null) {
            refuse(response, Status.NOT_FOUND_404, "NotFound", path(request) + " not found");
        } else {
            send(response, Status.OK_200, changed);
        }
    }

    private void delete(ServerRequest request, ServerResponse response) throws IOException {
        String path = path(request);
        ObjectNode found = objects.get(path);
        if (found == null) {
            refuse(response, Status.NOT_FOUND_404, "NotFound", path + " not found");
            return;
        }
        TestingKubelet.Running pod = running.remove(found.at("/metadata/name").asText());
        if (pod == null) {
            if (path.contains("/persistentvolumeclaims/")) {
                FolderRemoval.remove(kubelet.volume(found.at("/metadata/name").asText()));
            }
            objects.remove(path);
        } else {
            Thread.ofVirtual().start(() -> {
                end(pod);
                objects.remove(path);
            });
        }
        send(response, Status.OK_200, found);
    }

    private static void end(TestingKubelet.Running pod) {
        try {
            pod.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(ServerResponse response, Status status, String reason, String message) {
        ObjectNode body = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Status");
        body.put("status", "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", status.code());
        send(response, status, body);
    }

    private static void send(ServerResponse response, Status status, JsonNode body) {
        response.status(status)
                .header("Content-Type", "application/json")
                .send(body.toString().getBytes(UTF_8));
    }

    @Override
    public void close() {
        running.values().forEach(TestingCluster::end);
        server.stop();
    }
}
