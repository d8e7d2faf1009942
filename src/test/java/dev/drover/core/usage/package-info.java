/** Tests of plans. */
@NullMarked
package dev.drover.core.usage;

import org.jspecify.annotations.NullMarked;
