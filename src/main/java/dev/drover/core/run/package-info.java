/** A run and its log, which is the truth; the loop that works it; the leases that keep it alive. */
@NullMarked
package dev.drover.core.run;

import org.jspecify.annotations.NullMarked;
