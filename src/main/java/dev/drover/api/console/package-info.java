/** The console: its pages, and the part of the API that was missing for looking at a whole server. */
@NullMarked
package dev.drover.api.console;

import org.jspecify.annotations.NullMarked;
