/** Plans, rates, concurrency and agent-hours: admitted where the run is written. */
@NullMarked
package dev.drover.core.usage;

import org.jspecify.annotations.NullMarked;
