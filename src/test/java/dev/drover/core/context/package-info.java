/** Tests of files that agents look things up in. */
@NullMarked
package dev.drover.core.context;

import org.jspecify.annotations.NullMarked;
