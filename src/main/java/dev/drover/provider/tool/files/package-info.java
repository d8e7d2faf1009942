/** The four file tools. */
@NullMarked
package dev.drover.provider.tool.files;

import org.jspecify.annotations.NullMarked;
