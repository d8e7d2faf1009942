/** Tests of the Make dialect over a whole server. */
@NullMarked
package dev.drover.api.make;

import org.jspecify.annotations.NullMarked;
