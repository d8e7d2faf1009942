/** SPI: something a model may call; the toolbox one run gets. */
@NullMarked
package dev.drover.core.tool;

import org.jspecify.annotations.NullMarked;
