/** Tests of the Trinity dialect over a whole server. */
@NullMarked
package dev.drover.api.trinity;

import org.jspecify.annotations.NullMarked;
