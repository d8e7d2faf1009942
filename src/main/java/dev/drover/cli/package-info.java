/** The command line: it talks to a server as any client does, and starts one where none runs. */
@NullMarked
package dev.drover.cli;

import org.jspecify.annotations.NullMarked;
