/** Tests of agents and their names. */
@NullMarked
package dev.drover.core.schedule;

import org.jspecify.annotations.NullMarked;
