/** The HTTP tool: one guarded hop after the other. */
@NullMarked
package dev.drover.provider.tool.http;

import org.jspecify.annotations.NullMarked;
