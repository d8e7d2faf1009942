package dev.drover.provider.tool.mcp;

import dev.drover.core.Json;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import dev.drover.core.scenario.ToolServers;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;

/** Servers that users connected to: what they offer, and calls of it. */
public final class McpServices implements ToolServers {
    private final WebClient web;

    public McpServices(WebClient web) {
        this.web = web;
    }

    @Override
    public List<Offered> tools(ServiceAccount account, EgressGuard egress) throws ToolRefusal, InterruptedException {
        try (McpConnection connection = McpConnection.open(server(account), egress, web)) {
            return connection.tools().stream().map(McpServices::offered).toList();
        } catch (EgressDenied denied) {
            throw ToolRefusal.rejected(denied.reason());
        } catch (McpFailure failure) {
            throw ToolRefusal.failed("server '" + account.name() + "': " + failure.getMessage());
        }
    }

    private static Offered offered(McpSchema.Tool tool) {
        String description = tool.description() == null ? tool.name() : tool.description();
        return new Offered(tool.name(), description, McpTools.schema(tool), McpTools.isRepeatable(tool.annotations()));
    }

    @Override
    public ToolAnswer call(ServiceAccount account, String tool, Json input, ToolContext context)
            throws ToolRefusal, InterruptedException {
        ToolSpec spec = new ToolSpec(tool, "MCP", "call", "", Json.EMPTY_OBJECT);
        return new McpTool(server(account), web, tool, spec, false).show(input, context);
    }

    private static McpServer.Remote server(ServiceAccount account) throws ToolRefusal {
        String url = account.url();
        if (url == null) {
            throw ToolRefusal.failed("connection " + account.id() + " has no URL");
        }
        return new McpServer.Remote(account.name(), url, account.headers());
    }
}
