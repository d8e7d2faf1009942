package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;

/** A tool of a server; its connection is opened anew each time, so that one that was deleted lends nothing. */
record ServerWork(
        ToolServers.Offered offered, ConnectionId connection, UserId owner, Accounts accounts, ToolServers servers)
        implements Work {
    @Override
    public Json inputSchema() {
        return offered.inputSchema();
    }

    @Override
    public String description() {
        return offered.description();
    }

    @Override
    public boolean repeatable(Json input) {
        return offered.repeatable();
    }

    @Override
    public ToolAnswer run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        return servers.call(accounts.lent(owner, connection, ConnectionKind.MCP), offered.name(), input, context);
    }
}
