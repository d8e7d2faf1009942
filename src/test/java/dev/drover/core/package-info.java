/** The core's own words. */
@NullMarked
package dev.drover.core;

import org.jspecify.annotations.NullMarked;
