/** Tests of every path over a whole server. */
@NullMarked
package dev.drover.api;

import org.jspecify.annotations.NullMarked;
