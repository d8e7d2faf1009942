/** Models that turn text into vectors. */
@NullMarked
package dev.drover.provider.embedding;

import org.jspecify.annotations.NullMarked;
