/** Tests of what is remembered. */
@NullMarked
package dev.drover.core.memory;

import org.jspecify.annotations.NullMarked;
