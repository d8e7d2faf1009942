package dev.drover.provider.computer.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What a cluster is asked for. Which cluster that is, and as whom, says the client's own configuration: a kubeconfig
 * file, or the service account of the pod that the server runs in.
 *
 * @param namespace of all that is made; null for the configuration's own
 * @param image of computers that name none of their own
 * @param pullSecret with which images are pulled; null for none
 * @param storageClass of the claims; null for the cluster's usual one
 * @param runtimeClass that runs the pods, such as gVisor's or Kata's; null for the cluster's usual one
 * @param userNamespaces whether each pod is to have users of its own
 * @param installation tells the pods of these servers, which share a database, from those of others
 */
public record KubeSettings(
        @Nullable String namespace,
        String image,
        @Nullable String pullSecret,
        @Nullable String storageClass,
        @Nullable String runtimeClass,
        boolean userNamespaces,
        String installation) {}
