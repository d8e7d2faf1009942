/** Files that an agent looks things up in: cut into pieces, found by words and by meaning. */
@NullMarked
package dev.drover.core.context;

import org.jspecify.annotations.NullMarked;
