/** Runs that start by the clock. */
@NullMarked
package dev.drover.core.schedule;

import org.jspecify.annotations.NullMarked;
