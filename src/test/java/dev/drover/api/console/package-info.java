/** Tests of the console and its part of the API. */
@NullMarked
package dev.drover.api.console;

import org.jspecify.annotations.NullMarked;
