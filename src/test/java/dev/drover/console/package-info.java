/** The console as people use it: in a real browser, against a real server. */
@NullMarked
package dev.drover.console;

import org.jspecify.annotations.NullMarked;
