/** Computers that agents keep: their settings, their port, whether they are on; and what is done with them. */
@NullMarked
package dev.drover.core.machine;

import org.jspecify.annotations.NullMarked;
