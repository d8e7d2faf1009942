/** Computers that are pods of a Kubernetes cluster, each with a volume claim, led over one exec stream. */
@NullMarked
package dev.drover.provider.computer.kubernetes;

import org.jspecify.annotations.NullMarked;
