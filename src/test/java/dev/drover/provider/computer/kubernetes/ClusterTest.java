package dev.drover.provider.computer.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of a cluster, against the client's own stand-in for one, which keeps objects and runs nothing. */
@Timeout(60)
@EnableKubernetesMockClient(crud = true)
class ClusterTest {
    private static final Limits LIMITS = new Limits(512L << 20, 1.5, 64, 1L << 30);
    private static final KubeSettings SETTINGS =
            new KubeSettings("agents", "image:1", "pull", "fast", "gvisor", true, "testing");

    @SuppressWarnings("NullAway.Init") // the extension sets it
    KubernetesClient client;

    private final AgentId agent = new AgentId(UUID.randomUUID());
    private Cluster cluster;

    @BeforeEach
    void make() {
        cluster = new Cluster(() -> client, "agents");
    }

    private PodPlan plan(String server) {
        return new PodPlan(SETTINGS, new KubeTags("testing", server), agent, LIMITS, null, null);
    }

    @Test
    void makesAClaimOnceAndTakesOverOneThatAnotherServerMade() throws Exception {
        cluster.claim(plan("one"));
        cluster.claim(plan("two"));

        assertThat(cluster.claims(new KubeTags("testing", "one").ours())).isEmpty();
        PersistentVolumeClaim claim =
                cluster.claims(new KubeTags("testing", "two").ours()).getFirst();
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(claim.getSpec().getResources().getRequests())
                .hasEntrySatisfying(
                        "storage",
                        storage -> assertThat(storage.getNumericalAmount()).isEqualByComparingTo("1073741824"));
        cluster.removeClaim(agent);
        cluster.removeClaim(agent);
        assertThat(cluster.claimOf(agent)).isEmpty();
    }

    @Test
    void closesTheDoorsOfAnInstallationOnce() throws Exception {
        cluster.closeDoors(new KubeTags("testing", "one"));
        cluster.closeDoors(new KubeTags("testing", "two"));

        var policies = client.network()
                .v1()
                .networkPolicies()
                .inNamespace("agents")
                .list()
                .getItems();
        assertThat(policies).hasSize(1);
        assertThat(policies.getFirst().getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policies.getFirst().getSpec().getEgress()).isEmpty();
        assertThat(policies.getFirst().getSpec().getIngress()).isEmpty();
        assertThat(plan("one").tags().made(agent))
                .containsAllEntriesOf(
                        policies.getFirst().getSpec().getPodSelector().getMatchLabels());
    }

    @Test
    void waitsUntilAPodRunsAndSaysWhyOneDoesNot() throws Exception {
        cluster.create(plan("one").pod("drover-a"));
        Pod made = cluster.pod("drover-a").orElseThrow();

        assertThat(made.getSpec().getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(made.getSpec().getHostUsers()).isFalse();
        assertThat(made.getSpec().getImagePullSecrets()).hasSize(1);
        assertThatThrownBy(() -> cluster.awaitStart("drover-a", Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has not started");
        show("Running");
        cluster.awaitStart("drover-a", Duration.ofSeconds(10));
        show("Failed");
        assertThatThrownBy(() -> cluster.awaitStart("drover-a", Duration.ofSeconds(10)))
                .hasMessageContaining("it has ended");
        assertThat(cluster.pods(new KubeTags("testing", "one").ours())).hasSize(1);
        assertThat(cluster.pods(new KubeTags("testing", "two").ours())).isEmpty();
        cluster.remove("drover-a");
        cluster.remove("drover-a");
        assertThat(cluster.pod("drover-a")).isEmpty();
    }

    private void show(String phase) throws IOException {
        Pod pod = cluster.pod("drover-a").orElseThrow();
        client.pods()
                .inNamespace("agents")
                .resource(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build())
                .patchStatus();
    }
}
