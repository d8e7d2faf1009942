/** Tests of the endpoint. */
@NullMarked
package dev.drover.provider.embedding.openai;

import org.jspecify.annotations.NullMarked;
