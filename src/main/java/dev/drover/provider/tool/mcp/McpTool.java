package dev.drover.provider.tool.mcp;

import dev.drover.core.Json;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebClient;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool of one server; the server is connected to at the first call of a run that uses it. */
final class McpTool implements ShowingTool {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final McpServer server;
    private final WebClient web;
    private final String theirs;
    private final ToolSpec spec;
    private final boolean repeatable;

    /** @param theirs the tool's name as the server has it */
    McpTool(McpServer server, WebClient web, String theirs, ToolSpec spec, boolean repeatable) {
        this.server = server;
        this.web = web;
        this.theirs = theirs;
        this.spec = spec;
        this.repeatable = repeatable;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public boolean repeatable(Json input) {
        return repeatable;
    }

    @Override
    public ToolAnswer show(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        try {
            Line line = context.belongings().of(server, Line.class, Line::new);
            McpConnection connection = line.open(() -> connected(context));
            return McpResult.of(called(connection, McpJson.INSTANCE.readValue(input.text(), OBJECT)));
        } catch (EgressDenied denied) {
            throw denied.isUnresolved() ? ToolRefusal.failed(denied.reason()) : ToolRefusal.rejected(denied.reason());
        } catch (McpFailure | ComputerFailure e) {
            throw ToolRefusal.failed("server '" + server.name() + "': " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalArgumentException("a tool's input must be checked before the tool runs", e);
        }
    }

    private McpConnection connected(ToolContext context)
            throws McpFailure, ComputerFailure, EgressDenied, InterruptedException {
        return switch (server) {
            case McpServer.Remote remote -> McpConnection.open(remote, context.egress(), web);
            case McpServer.Local local -> McpConnection.open(local, context.computer(), context.egress(), web);
        };
    }

    /** A session elsewhere that failed may be one that its server has forgotten; the next call begins another. */
    private McpSchema.CallToolResult called(McpConnection connection, Map<String, Object> arguments)
            throws McpFailure, EgressDenied, InterruptedException {
        try {
            return connection.call(theirs, arguments);
        } catch (McpFailure failure) {
            if (server instanceof McpServer.Remote) {
                connection.close();
            }
            throw failure;
        }
    }

    private interface Opening {
        McpConnection open() throws McpFailure, ComputerFailure, EgressDenied, InterruptedException;
    }

    /** A run's connection to one server, made anew when it has broken. */
    private static final class Line implements AutoCloseable {
        private @Nullable McpConnection connection;

        McpConnection open(Opening opening) throws McpFailure, ComputerFailure, EgressDenied, InterruptedException {
            McpConnection last = connection;
            if (last != null && last.isOpen()) {
                return last;
            }
            McpConnection fresh = opening.open();
            connection = fresh;
            return fresh;
        }

        @Override
        public void close() {
            McpConnection last = connection;
            if (last != null) {
                last.close();
            }
        }
    }
}
