/** Tests of the Jettson dialect over a whole server. */
@NullMarked
package dev.drover.api.jettson;

import org.jspecify.annotations.NullMarked;
