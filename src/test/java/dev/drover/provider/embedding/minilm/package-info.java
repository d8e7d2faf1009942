/** Tests of the model in process. */
@NullMarked
package dev.drover.provider.embedding.minilm;

import org.jspecify.annotations.NullMarked;
