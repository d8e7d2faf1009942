/** What somebody sees of the whole server at a glance, over all dialects; it reads tables of others and owns none. */
@NullMarked
package dev.drover.core.overview;

import org.jspecify.annotations.NullMarked;
