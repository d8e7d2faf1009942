/** Sessions in computers, and how long ways into them last. */
@NullMarked
package dev.drover.core.terminal;

import org.jspecify.annotations.NullMarked;
