/** Who did what to which; append-only. */
@NullMarked
package dev.drover.core.audit;

import org.jspecify.annotations.NullMarked;
