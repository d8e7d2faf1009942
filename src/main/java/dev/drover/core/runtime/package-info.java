/** SPI: a program that is an agent by itself, and works inside an agent's computer. */
@NullMarked
package dev.drover.core.runtime;

import org.jspecify.annotations.NullMarked;
