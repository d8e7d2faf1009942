/** Calls of scenarios over HTTP against real servers. */
@NullMarked
package dev.drover.provider.tool.scenario;

import org.jspecify.annotations.NullMarked;
