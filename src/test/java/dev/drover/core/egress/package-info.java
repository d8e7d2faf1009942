/** The guard against every trick we know. */
@NullMarked
package dev.drover.core.egress;

import org.jspecify.annotations.NullMarked;
