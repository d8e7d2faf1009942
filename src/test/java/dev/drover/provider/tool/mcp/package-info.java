/** Tests of the tools of MCP servers. */
@NullMarked
package dev.drover.provider.tool.mcp;

import org.jspecify.annotations.NullMarked;
