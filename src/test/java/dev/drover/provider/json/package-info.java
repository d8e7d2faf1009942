/** Schemas and trimming. */
@NullMarked
package dev.drover.provider.json;

import org.jspecify.annotations.NullMarked;
