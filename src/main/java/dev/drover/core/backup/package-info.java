/** Copies of everything that a server keeps, taken while it works, and what they are read by. */
@NullMarked
package dev.drover.core.backup;

import org.jspecify.annotations.NullMarked;
