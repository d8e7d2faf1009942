/** Scenarios, made into tools and judged. */
@NullMarked
package dev.drover.core.scenario;

import org.jspecify.annotations.NullMarked;
