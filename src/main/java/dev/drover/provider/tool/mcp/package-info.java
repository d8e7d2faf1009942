/** Tools of MCP servers that the operator has named: programs inside the agent's computer, and servers elsewhere. */
@NullMarked
package dev.drover.provider.tool.mcp;

import org.jspecify.annotations.NullMarked;
