/** SPI: an isolated computer for one agent. */
@NullMarked
package dev.drover.core.computer;

import org.jspecify.annotations.NullMarked;
