/** The shell tool and its guard. */
@NullMarked
package dev.drover.provider.tool.shell;

import org.jspecify.annotations.NullMarked;
