package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.computer.Workspace;
import dev.drover.core.id.AgentId;
import dev.drover.provider.computer.bubblewrap.TestingDoors;
import dev.drover.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made in a cluster for a computer, whose it is, and what happens when the cluster is not as it must be. */
@Timeout(120)
class KubernetesPodsTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestingPods pods;

    @BeforeEach
    void make() throws Exception {
        pods = TestingPods.in(folder);
    }

    @AfterEach
    void remove() {
        if (pods != null) {
            pods.close();
        }
    }

    private KubernetesComputers another(String server, String installation) {
        KubeSettings settings = new KubeSettings(null, "image:1", null, null, null, false, installation);
        return TestingPods.computers(folder.resolve("x"), pods.cluster(), server, settings);
    }

    @Test
    void asksForAPodThatTheStrictestNamespaceTakes() throws Exception {
        ComputerSpec spec = TestingSpecs.spec(Map.of("TOKEN", "of the agent"));
        try (Computer computer = pods.computers().open(spec)) {
            JsonNode pod = pods.cluster().objects("pods").getFirst();
            JsonNode inside = pod.at("/spec/containers/0");

            assertThat(pod.at("/metadata/labels/" + KubeTags.AGENT.replace("/", "~1"))
                            .asText())
                    .isEqualTo(spec.agent().toString());
            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.at("/spec/enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.at("/spec/restartPolicy").asText()).isEqualTo("Never");
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
            assertThat(inside.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(inside.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(inside.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(inside.at("/resources/limits/memory").asText()).isEqualTo(Long.toString(256 << 20));
            assertThat(inside.at("/resources/limits/cpu").asText()).isEqualTo("1000m");
            assertThat(pod.toString()).doesNotContain("of the agent");
            assertThat(computer.isolation().facts())
                    .containsEntry("uid", "1000")
                    .containsEntry("capabilities", "none")
                    .containsEntry("seccomp", "filter")
                    .containsEntry("system", "read-only")
                    .containsEntry("memory", "cgroup " + (256 << 20))
                    .containsEntry("processes", "cgroup 1024");
        }
        assertThat(pods.cluster().names("pods")).isEmpty();
        assertThat(pods.cluster().names("persistentvolumeclaims")).isEmpty();
        assertThat(pods.cluster().names("networkpolicies")).hasSize(1);
    }

    @Test
    void hasNoWayOutButTheProxyWhichComesOverTheExecStream() throws Exception {
        try (Computer computer = pods.computers().open(TestingSpecs.spec())) {
            String asking = "perl -e 'socket(S,2,1,0); connect(S, pack(\"SnC4x8\",2,3128,127,0,0,1)) or die $!;"
                    + " syswrite S, \"GET http://a/ HTTP/1.1\\r\\n\\r\\n\"; print <S>'";

            assertThat(computer.run(asking, ENOUGH).stdout()).endsWith(TestingDoors.ANSWER);
            assertThat(computer.run("echo $HTTPS_PROXY", ENOUGH).stdout()).isEqualTo("http://127.0.0.1:3128\n");
            assertThat(computer.run("env | grep -c KUBERNETES", ENOUGH).stdout())
                    .isEqualTo("0\n");
        }
    }

    @Test
    void doesNotOpenWhereNobodyKeepsTheNetworkShut() {
        pods.cluster().forgetPolicies();

        assertThatThrownBy(() -> pods.computers().open(TestingSpecs.spec()))
                .isInstanceOf(ComputerFailure.class)
                .hasMessageContaining("past the way out")
                .hasMessageContaining("127.0.0.1:443");
        assertThat(pods.cluster().names("pods")).isEmpty();
    }

    @Test
    void saysWhyAPodDoesNotStartAndLeavesNone() {
        pods.cluster().loseImages();

        assertThatThrownBy(() -> pods.computers().open(TestingSpecs.spec()))
                .isInstanceOf(ComputerFailure.class)
                .hasMessageContaining("ErrImagePull")
                .hasMessageContaining("trinity-agent-base:latest");
        assertThat(pods.cluster().names("pods")).isEmpty();
    }

    @Test
    void isAbsentWhenNoClusterAnswers() {
        pods.cluster().close();

        assertThatThrownBy(() -> pods.computers().open(TestingSpecs.spec()))
                .isInstanceOfSatisfying(
                        ComputerFailure.class,
                        failure -> assertThat(failure.isAbsent()).isTrue());
    }

    @Test
    void goesOnOnAnotherServerWithTheFilesOfOneThatDied() throws Exception {
        ComputerSpec spec = TestingSpecs.spec();
        Computer lost = pods.computers().open(spec);
        lost.run("echo half done > file", ENOUGH);
        try (KubernetesComputers other = another("two", "testing")) {
            try (Computer taken = other.open(spec)) {
                assertThat(taken.run("cat file", ENOUGH).stdout()).isEqualTo("half done\n");
                assertThat(pods.cluster().names("pods")).hasSize(1);
                assertThat(lost.isUp()).isFalse();
                pods.computers().sweep(Set.of());
                assertThat(taken.run("cat file", ENOUGH).stdout()).isEqualTo("half done\n");
            }
        }
        lost.stop(Duration.ZERO);
    }

    @Test
    void sweepsItsOwnAndLeavesThoseOfOthersAlone() throws Exception {
        ComputerSpec own = TestingSpecs.spec();
        pods.computers().open(own).stop(Duration.ZERO);
        try (KubernetesComputers other = another("two", "testing");
                KubernetesComputers stranger = another("one", "elsewhere")) {
            ComputerSpec others = TestingSpecs.spec();
            other.open(others).stop(Duration.ZERO);
            Computer strangers = stranger.open(TestingSpecs.spec());
            List<AgentId> seen = new ArrayList<>();
            pods.computers().sweep(Set.of(), (agent, workspace) -> seen.add(agent));

            assertThat(seen).containsExactly(own.agent());
            assertThat(pods.computers().workspaceOf(own.agent())).isEmpty();
            assertThat(pods.computers().workspaceOf(others.agent())).isPresent();
            assertThat(strangers.run("echo alive", ENOUGH).stdout()).isEqualTo("alive\n");
            assertThat(pods.computers().found())
                    .singleElement()
                    .extracting(FoundComputer::state)
                    .isEqualTo(FoundComputer.State.RUNNING);
            strangers.close();
        }
    }

    @Test
    void showsEachWorkspaceBeforeItGoes() throws Exception {
        ComputerSpec spec = TestingSpecs.spec();
        Computer computer = pods.computers().open(spec);
        computer.run("echo precious > file", ENOUGH);
        computer.stop(Duration.ZERO);
        List<String> kept = new ArrayList<>();
        pods.computers().sweep(Set.of(), (agent, workspace) -> kept.add(text(workspace)));

        assertThat(kept).containsExactly("precious\n");
        assertThat(pods.cluster().names("persistentvolumeclaims")).isEmpty();
        assertThat(pods.cluster().names("pods")).isEmpty();
    }

    private static String text(Workspace workspace) {
        try {
            return new String(workspace.read("file", 100).bytes(), UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void seesThatItsPodWasDeleted() throws Exception {
        ComputerSpec spec = TestingSpecs.kept();
        Computer computer = pods.computers().open(spec);
        assertThat(pods.computers().isGone(spec.agent())).isFalse();
        try (var cluster = pods.cluster().client()) {
            String pod = pods.cluster().names("pods").getFirst();
            cluster.pods().inNamespace("agents").withName(pod).delete();
        }
        while (!pods.computers().isGone(spec.agent())) {
            Thread.sleep(20);
        }
        // The stream to the pod ends a moment after the cluster has forgotten it.
        Waiting.until(() -> !computer.isUp());
        computer.close();
    }

    @Test
    void isKnownByItsNameAndMadeOfItsImage() throws Exception {
        ComputerSpec spec = new ComputerSpec(
                TestingSpecs.spec().agent(),
                TestingSpecs.LIMITS,
                Map.of(),
                TestingSpecs.spec().egress(),
                Layout.KEPT,
                new Nameplate("ledger-bot", "own-image:2", Map.of()));
        try (Computer computer = pods.computers().open(spec)) {
            JsonNode pod = pods.cluster().objects("pods").getFirst();

            assertThat(pod.at("/metadata/annotations/drover.dev~1agent-name").asText())
                    .isEqualTo("ledger-bot");
            assertThat(pod.at("/spec/containers/0/image").asText()).isEqualTo("own-image:2");
            assertThat(computer.run("id -un; pwd; echo ~developer", ENOUGH).stdout())
                    .isEqualTo("developer\n/home/developer\n/home/developer\n");
        }
    }
}
