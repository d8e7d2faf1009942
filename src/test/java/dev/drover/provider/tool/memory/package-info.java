/** Tests of the memory tools. */
@NullMarked
package dev.drover.provider.tool.memory;

import org.jspecify.annotations.NullMarked;
