/** Signed notices to others about what becomes of runs. */
@NullMarked
package dev.drover.core.webhook;

import org.jspecify.annotations.NullMarked;
