/** What a user's agents remember between runs: versions, search, dedupe, recall. */
@NullMarked
package dev.drover.core.memory;

import org.jspecify.annotations.NullMarked;
