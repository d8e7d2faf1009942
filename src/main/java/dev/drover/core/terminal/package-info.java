/** Ways for people into an agent's computer: credentials that expire, and the sessions opened with them. */
@NullMarked
package dev.drover.core.terminal;

import org.jspecify.annotations.NullMarked;
