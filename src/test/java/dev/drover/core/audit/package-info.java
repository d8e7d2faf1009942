/** Tests of the book. */
@NullMarked
package dev.drover.core.audit;

import org.jspecify.annotations.NullMarked;
