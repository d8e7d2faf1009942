/** Gemini CLI, as it prints itself. */
@NullMarked
package dev.drover.provider.runtime.gemini;

import org.jspecify.annotations.NullMarked;
