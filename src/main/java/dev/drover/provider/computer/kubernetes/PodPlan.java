package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Layout;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the cluster for one agent. Nothing of the agent's own variables is in it, since everybody who may
 * read pods could read them there: commands get theirs from the server.
 *
 * @param image null for the usual one
 * @param name as people know the agent; null for its id
 */
record PodPlan(
        KubeSettings settings,
        KubeTags tags,
        AgentId agent,
        Limits limits,
        @Nullable String image,
        @Nullable String name) {
    static final String CONTAINER = "computer";

    /** The user {@code developer} of the base image, and its group. */
    static final long USER = 1000;

    static final String HOME = Layout.KEPT.home();

    /** Ends at a TERM, and with it all that runs inside; until then it only buries the dead. */
    private static final String FIRST_PROCESS = """
            # drover computer
            $SIG{TERM} = $SIG{INT} = sub { exit };
            $SIG{CHLD} = 'IGNORE';
            sleep 3600 while 1;
            """;

    private static final long SECONDS_TO_END = 1;
    private static final long SECONDS_ON_A_LOST_NODE = 30;
    private static final int IDLE_SHARE = 4;

    Pod pod(String podName) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(podName)
                .withLabels(tags.made(agent))
                .withAnnotations(Map.of(KubeTags.NAME, name == null ? agent.toString() : name))
                .endMetadata()
                .withSpec(spec())
                .build();
    }

    private PodSpec spec() {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withContainers(container())
                .withRestartPolicy("Never")
                .withHostname("agent")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withHostNetwork(false)
                .withHostPID(false)
                .withHostIPC(false)
                .withTerminationGracePeriodSeconds(SECONDS_TO_END)
                // There is no way to a name server, and whoever asks for a name hears so at once.
                .withDnsPolicy("None")
                .withNewDnsConfig()
                .withNameservers("127.0.0.1")
                .endDnsConfig()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTolerations(onLostNodes("not-ready"), onLostNodes("unreachable"))
                .addNewVolume()
                .withName("home")
                .withNewPersistentVolumeClaim(KubeTags.name(agent), false)
                .endVolume()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("100Mi"))
                .endEmptyDir()
                .endVolume();
        if (settings.userNamespaces()) {
            spec.withHostUsers(false);
        }
        if (settings.runtimeClass() != null) {
            spec.withRuntimeClassName(settings.runtimeClass());
        }
        if (settings.pullSecret() != null) {
            spec.withImagePullSecrets(new LocalObjectReference(settings.pullSecret()));
        }
        return spec.build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image == null ? settings.image() : image)
                .withCommand("perl", "-e", FIRST_PROCESS)
                .withWorkingDir("/")
                .withNewResources()
                .withLimits(Map.of("memory", new Quantity(Long.toString(limits.memoryBytes())), "cpu", cores(millis())))
                // Most agents wait for a model most of the time.
                .withRequests(Map.of(
                        "memory",
                        new Quantity(Long.toString(limits.memoryBytes() / IDLE_SHARE)),
                        "cpu",
                        cores(Math.max(1, millis() / IDLE_SHARE))))
                .endResources()
                .withNewSecurityContext()
                .withPrivileged(false)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("home")
                .withMountPath(HOME)
                .withSubPath("home")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    long millis() {
        return Math.max(1, Math.round(limits.cpus() * 1000));
    }

    private static Quantity cores(long millis) {
        return new Quantity(millis + "m");
    }

    private static Toleration onLostNodes(String how) {
        return new Toleration("NoExecute", "node.kubernetes.io/" + how, "Exists", SECONDS_ON_A_LOST_NODE, null);
    }

    /** Its files, which stay when the pod or its node goes. */
    PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(KubeTags.name(agent))
                .withLabels(tags.made(agent))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(settings.storageClass())
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(Long.toString(limits.diskBytes()))))
                .endResources()
                .endSpec()
                .build();
    }

    /** One for all computers of an installation: nothing comes in, nothing goes out. The way out is the exec stream. */
    static NetworkPolicy policy(KubeTags tags) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("drover-computers-" + tags.installation())
                .withLabels(tags.policy())
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(tags.policy())
                .endPodSelector()
                .withPolicyTypes(List.of("Ingress", "Egress"))
                .endSpec()
                .build();
    }
}
