/** Tests of the paths that the console brings along. */
@NullMarked
package dev.drover.api.console;

import org.jspecify.annotations.NullMarked;
