/** Computers that are containers of a Docker-compatible engine: no network, no rights, limits on each. */
@NullMarked
package dev.drover.provider.computer.docker;

import org.jspecify.annotations.NullMarked;
