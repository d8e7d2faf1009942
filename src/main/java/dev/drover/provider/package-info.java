/** What we reach: one folder a technology, each the answer to an SPI that the core owns. */
@NullMarked
package dev.drover.provider;

import org.jspecify.annotations.NullMarked;
