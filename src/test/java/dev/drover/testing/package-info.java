/** Fixtures: things that are real enough to test against. */
@NullMarked
package dev.drover.testing;

import org.jspecify.annotations.NullMarked;
