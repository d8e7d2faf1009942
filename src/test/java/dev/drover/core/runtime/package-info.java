/** Tests of the names of runtimes. */
@NullMarked
package dev.drover.core.runtime;

import org.jspecify.annotations.NullMarked;
