/** Tools that users make: calls over HTTP, tools of MCP servers, built-in ones, with fields of their own. */
@NullMarked
package dev.drover.core.scenario;

import org.jspecify.annotations.NullMarked;
