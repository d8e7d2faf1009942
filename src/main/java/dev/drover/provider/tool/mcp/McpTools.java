package dev.drover.provider.tool.mcp;

import dev.drover.core.Json;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebClient;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolSpec;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the operator's servers for their tools, once at the start, in a computer as agents have it. */
public final class McpTools {
    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);

    private final WebClient web;
    private final Schemas schemas;
    private final Set<String> names = new HashSet<>();
    private final List<Tool> tools = new ArrayList<>();

    public McpTools(WebClient web, Schemas schemas) {
        this.web = web;
        this.schemas = schemas;
    }

    /** The tools of all servers that answer; one that does not is left out, and the log says so. */
    public List<Tool> of(List<McpServer> servers, Computers computers, ComputerSpec spec) {
        if (!servers.isEmpty()) {
            try (Computer computer = computers.open(spec)) {
                for (McpServer server : servers) {
                    ask(server, computer, spec);
                }
            } catch (ComputerFailure e) {
                LOG.warn("no tools of MCP servers: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return List.copyOf(tools);
    }

    private void ask(McpServer server, Computer computer, ComputerSpec spec) throws InterruptedException {
        try (McpConnection connection = McpConnection.open(server, computer, spec.egress(), web)) {
            for (McpSchema.Tool tool : connection.tools()) {
                take(server, tool);
            }
        } catch (McpFailure | EgressDenied | ComputerFailure e) {
            LOG.warn("MCP server '{}' gives no tools until Drover starts again: {}", server.name(), e.getMessage());
        }
    }

    private void take(McpServer server, McpSchema.Tool tool) {
        Json schema = schema(tool);
        var misfit = schemas.misfit(schema);
        if (misfit.isPresent()) {
            LOG.warn(
                    "tool '{}' of MCP server '{}' is left out: its schema {}",
                    tool.name(),
                    server.name(),
                    misfit.get());
            return;
        }
        String description = tool.description() == null ? tool.name() : tool.description();
        ToolSpec spec =
                new ToolSpec(McpName.of(server.name(), tool.name(), names), "MCP", "request", description, schema);
        tools.add(new McpTool(server, web, tool.name(), spec, isRepeatable(tool.annotations())));
    }

    static boolean isRepeatable(McpSchema.ToolAnnotations hints) {
        return hints != null
                && (Boolean.TRUE.equals(hints.readOnlyHint()) || Boolean.TRUE.equals(hints.idempotentHint()));
    }

    static Json schema(McpSchema.Tool tool) {
        try {
            return tool.inputSchema() == null
                    ? new Json("{\"type\":\"object\"}")
                    : new Json(McpJson.INSTANCE.writeValueAsString(tool.inputSchema()));
        } catch (IOException e) {
            throw new IllegalStateException("a schema that was JSON is none", e);
        }
    }
}
