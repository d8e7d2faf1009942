package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifests that come with Drover say what the guide for production says of them. */
class ManifestsTest {
    private static final Path FOLDER = Path.of("deploy/kubernetes");

    private static List<HasMetadata> manifests() throws IOException {
        KubernetesSerialization reader = new KubernetesSerialization();
        List<HasMetadata> all = new ArrayList<>();
        for (String file : List.of("namespaces", "rbac", "secret", "config", "server", "disruption", "network")) {
            for (String document :
                    Files.readString(FOLDER.resolve(file + ".yaml")).split("(?m)^---$", -1)) {
                all.add(reader.unmarshal(document));
            }
        }
        return all;
    }

    private static <T extends HasMetadata> T only(Class<T> type) throws IOException {
        return manifests().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void runSeveralServersThatAreNotRestartedWhenTheirDatabaseIsAway() throws Exception {
        StatefulSet servers = only(StatefulSet.class);
        Container server =
                servers.getSpec().getTemplate().getSpec().getContainers().getFirst();

        assertThat(servers.getSpec().getReplicas()).isGreaterThan(1);
        assertThat(server.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health");
        assertThat(server.getLivenessProbe().getHttpGet()).isNull();
        assertThat(server.getLivenessProbe().getTcpSocket()).isNotNull();
        int drain = Integer.parseInt(only(ConfigMap.class).getData().get("DROVER_DRAIN_SECONDS"));
        assertThat(servers.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThanOrEqualTo(drain + 90);
        assertThat(server.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
                .isEqualTo(servers.getSpec().getTemplate().getMetadata().getLabels());
    }

    @Test
    void giveServersNoMoreRightsThanComputersNeed() throws Exception {
        Role role = only(Role.class);

        assertThat(role.getMetadata().getNamespace()).isEqualTo("drover-agents");
        assertThat(role.getRules().stream().flatMap(rule -> rule.getResources().stream()))
                .containsExactly("pods", "pods/exec", "persistentvolumeclaims", "networkpolicies");
        assertThat(role.getRules().stream().map(PolicyRule::getVerbs).flatMap(List::stream))
                .doesNotContain("*", "update", "deletecollection");
    }

    @Test
    void closeTheNamespaceOfAgents() throws Exception {
        NetworkPolicy closed = manifests().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .filter(policy -> policy.getMetadata().getNamespace().equals("drover-agents"))
                .findFirst()
                .orElseThrow();

        assertThat(closed.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(closed.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(closed.getSpec().getEgress()).isEmpty();
        assertThat(closed.getSpec().getIngress()).isEmpty();
    }

    @Test
    void areReadByKustomize() throws Exception {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", FOLDER.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "needs kubectl: " + e.getMessage());
            return;
        }
        String said = new String(kubectl.getInputStream().readAllBytes(), UTF_8);

        assertThat(kubectl.waitFor()).as(said).isZero();
        assertThat(said).contains("registry.example.com/drover:0.1.0", "kind: StatefulSet", "kind: NetworkPolicy");
    }
}
