/** The Make dialect: agents as prompt and tools; so far only its refusals. */
@NullMarked
package dev.drover.api.make;

import org.jspecify.annotations.NullMarked;
