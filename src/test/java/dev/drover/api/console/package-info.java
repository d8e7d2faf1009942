/** Tests of what the console asks for beyond the dialects, over a whole server. */
@NullMarked
package dev.drover.api.console;

import org.jspecify.annotations.NullMarked;
