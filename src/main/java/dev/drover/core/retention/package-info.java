/** How long things are kept: what is old goes a little at a time, from the tables of all rooms above. */
@NullMarked
package dev.drover.core.retention;

import org.jspecify.annotations.NullMarked;
