/** Tests of who comes in. */
@NullMarked
package dev.drover.core.access;

import org.jspecify.annotations.NullMarked;
