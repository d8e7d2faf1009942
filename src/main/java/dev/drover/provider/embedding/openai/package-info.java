/** An embedding endpoint that speaks like OpenAI's. */
@NullMarked
package dev.drover.provider.embedding.openai;

import org.jspecify.annotations.NullMarked;
