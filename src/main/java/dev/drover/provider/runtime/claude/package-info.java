/** Claude Code, as its command line client prints itself. */
@NullMarked
package dev.drover.provider.runtime.claude;

import org.jspecify.annotations.NullMarked;
