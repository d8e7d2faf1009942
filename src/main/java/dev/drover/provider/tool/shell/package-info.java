/** The shell tool, and the few commands it refuses. */
@NullMarked
package dev.drover.provider.tool.shell;

import org.jspecify.annotations.NullMarked;
