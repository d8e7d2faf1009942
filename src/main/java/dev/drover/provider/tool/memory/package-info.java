/** Memory for agents: put, get, search, list, delete. */
@NullMarked
package dev.drover.provider.tool.memory;

import org.jspecify.annotations.NullMarked;
