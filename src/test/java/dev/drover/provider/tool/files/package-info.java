/** The file tools at their limits. */
@NullMarked
package dev.drover.provider.tool.files;

import org.jspecify.annotations.NullMarked;
