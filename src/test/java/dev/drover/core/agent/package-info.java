/** Tests of agents and their names. */
@NullMarked
package dev.drover.core.agent;

import org.jspecify.annotations.NullMarked;
