/** Computers that are plain processes of this host, with no isolation; only when asked for by name. */
@NullMarked
package dev.drover.provider.computer.process;

import org.jspecify.annotations.NullMarked;
