/** The HTTP tool against real servers. */
@NullMarked
package dev.drover.provider.tool.http;

import org.jspecify.annotations.NullMarked;
