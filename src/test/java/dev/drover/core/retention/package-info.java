/** Tests of how long things are kept. */
@NullMarked
package dev.drover.core.retention;

import org.jspecify.annotations.NullMarked;
