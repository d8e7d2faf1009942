/** The tools that come with Drover. */
@NullMarked
package dev.drover.provider.tool;

import org.jspecify.annotations.NullMarked;
