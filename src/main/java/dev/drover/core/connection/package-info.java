/** Accounts at services outside (models, HTTP services, MCP servers), with their credentials sealed at rest. */
@NullMarked
package dev.drover.core.connection;

import org.jspecify.annotations.NullMarked;
