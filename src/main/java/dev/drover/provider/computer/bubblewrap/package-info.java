/** Computers made by bubblewrap: namespaces, a host uid of their own, control groups and a system call filter. */
@NullMarked
package dev.drover.provider.computer.bubblewrap;

import org.jspecify.annotations.NullMarked;
