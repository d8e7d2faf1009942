package dev.drover.provider.computer.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a pod does not run. */
final class PodTrouble {
    /** What goes on until somebody mends it. */
    private static final Set<String> LASTING = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private PodTrouble() {}

    /** What time will not mend. */
    static Optional<String> of(Pod pod) {
        String phase = KubeTags.phase(pod);
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return Optional.of("it has ended (" + phase + ")" + said(pod.getStatus()));
        }
        return waiting(pod)
                .filter(waiting -> LASTING.contains(String.valueOf(waiting.getReason())))
                .map(waiting -> waiting.getReason() + ": " + waiting.getMessage() + " (image "
                        + pod.getSpec().getContainers().getFirst().getImage() + ")")
                .findFirst();
    }

    /** What it waits for, in the cluster's words. */
    static String waitsFor(Pod pod) {
        Stream<String> conditions = Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).stream()
                .flatMap(all -> all.stream())
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getMessage() != null)
                .map(condition -> condition.getReason() + ": " + condition.getMessage());
        Stream<String> containers = waiting(pod).map(waiting -> String.valueOf(waiting.getReason()));
        return Stream.concat(conditions, containers)
                .findFirst()
                .orElse("nothing is said why (kubectl describe pod "
                        + pod.getMetadata().getName() + ")");
    }

    private static Stream<ContainerStateWaiting> waiting(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).stream()
                .flatMap(all -> all.stream())
                .map(ContainerStatus::getState)
                .flatMap(state -> Stream.ofNullable(state == null ? null : state.getWaiting()));
    }

    private static String said(@Nullable PodStatus status) {
        return status == null || status.getMessage() == null ? "" : ": " + status.getMessage();
    }
}
