/** Codex, as its command line client prints itself. */
@NullMarked
package dev.drover.provider.runtime.codex;

import org.jspecify.annotations.NullMarked;
