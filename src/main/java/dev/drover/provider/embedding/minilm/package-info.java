/** A small sentence model inside this process, which needs no network. */
@NullMarked
package dev.drover.provider.embedding.minilm;

import org.jspecify.annotations.NullMarked;
