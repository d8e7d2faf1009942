/** A model server for tests that speaks the vendors' wire formats and says what a script says. */
@NullMarked
package dev.drover.testing.model;

import org.jspecify.annotations.NullMarked;
