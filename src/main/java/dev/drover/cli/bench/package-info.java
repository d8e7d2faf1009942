/** {@code drover bench}: the built server as a child process, driven from outside as any client would, and timed. */
@NullMarked
package dev.drover.cli.bench;

import org.jspecify.annotations.NullMarked;
