/** SPI: a language model: messages and tools in, a stream of deltas out, usage at the end; profiles. */
@NullMarked
package dev.drover.core.model;

import org.jspecify.annotations.NullMarked;
