/** The one guard of every way out: resolve, check every address, connect to exactly that one. */
@NullMarked
package dev.drover.core.egress;

import org.jspecify.annotations.NullMarked;
