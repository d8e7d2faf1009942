/** Signed notices to others about what becomes of runs, and what callbacks of single runs are told. */
@NullMarked
package dev.drover.core.webhook;

import org.jspecify.annotations.NullMarked;
