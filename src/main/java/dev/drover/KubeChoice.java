package dev.drover;

import dev.drover.provider.computer.kubernetes.KubeSettings;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Kubernetes cluster is asked for when it makes the computers; which cluster it is, says the client's own
 * configuration ({@code KUBECONFIG}, or the service account of the server's pod).
 *
 * @param namespace null for the configuration's own
 * @param image null for the one of {@link EngineChoice}
 * @param pullSecret null for none
 * @param storageClass null for the cluster's usual one
 * @param runtimeClass null for the cluster's usual one
 * @param userNamespaces whether each pod is to have users of its own
 * @param installation of all servers that share a database and a namespace
 */
record KubeChoice(
        @Nullable String namespace,
        @Nullable String image,
        @Nullable String pullSecret,
        @Nullable String storageClass,
        @Nullable String runtimeClass,
        boolean userNamespaces,
        String installation) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,60}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?");

    static KubeChoice read(Given given) {
        return new KubeChoice(
                name(given, "DROVER_KUBE_NAMESPACE"),
                given.text("DROVER_KUBE_IMAGE").orElse(null),
                name(given, "DROVER_KUBE_PULL_SECRET"),
                name(given, "DROVER_KUBE_STORAGE_CLASS"),
                name(given, "DROVER_KUBE_RUNTIME_CLASS"),
                given.flag("DROVER_KUBE_USER_NAMESPACES"),
                given.matching("DROVER_KUBE_INSTALLATION", LABEL, "small letters, digits and dashes")
                        .orElse("drover"));
    }

    private static @Nullable String name(Given given, String variable) {
        return given.matching(variable, NAME, "a name in Kubernetes: small letters, digits, dashes and dots")
                .orElse(null);
    }

    /** @param usual image when none is named for clusters alone */
    KubeSettings settings(String usual) {
        return new KubeSettings(
                namespace,
                image == null ? usual : image,
                pullSecret,
                storageClass,
                runtimeClass,
                userNamespaces,
                installation);
    }

    void show(Map<String, String> shown) {
        shown.put("DROVER_KUBE_NAMESPACE", shown(namespace, "(the configuration's)"));
        shown.put("DROVER_KUBE_IMAGE", shown(image, "(DROVER_COMPUTER_IMAGE)"));
        shown.put("DROVER_KUBE_PULL_SECRET", shown(pullSecret, "(none)"));
        shown.put("DROVER_KUBE_STORAGE_CLASS", shown(storageClass, "(the cluster's)"));
        shown.put("DROVER_KUBE_RUNTIME_CLASS", shown(runtimeClass, "(the cluster's)"));
        shown.put("DROVER_KUBE_USER_NAMESPACES", String.valueOf(userNamespaces));
        shown.put("DROVER_KUBE_INSTALLATION", installation);
    }

    private static String shown(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
