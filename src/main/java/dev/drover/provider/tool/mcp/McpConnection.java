package dev.drover.provider.tool.mcp;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** An open connection to one server, for one run. */
final class McpConnection implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LOOKS_FOR_LAST_WORDS = 10;
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private static final int MOST_PAGES = 20;
    private static final McpSchema.Implementation US =
            McpSchema.Implementation.builder("drover", "1").build();

    /** What a server says of its own results is for the model to judge. */
    private static final JsonSchemaValidator TRUSTING =
            (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid("");

    private final McpSyncClient client;
    private final Supplier<String> complaints;
    private volatile boolean open = true;

    private McpConnection(McpClientTransport transport, Supplier<String> complaints) {
        this.complaints = complaints;
        this.client = McpClient.sync(transport)
                .clientInfo(US)
                .requestTimeout(LIMIT)
                .initializationTimeout(LIMIT)
                .jsonSchemaValidator(TRUSTING)
                .build();
    }

    static McpConnection open(McpServer server, Computer computer, EgressGuard egress, WebClient web)
            throws McpFailure, ComputerFailure, EgressDenied, InterruptedException {
        McpConnection connection = switch (server) {
            case McpServer.Local local -> {
                Dialogue dialogue = computer.converse(local.line(), local.environment());
                DialogueTransport transport = new DialogueTransport(dialogue);
                McpConnection made = new McpConnection(transport, dialogue::complaints);
                transport.onEnd(made::close);
                yield made;
            }
            case McpServer.Remote remote -> made(remote, egress, web);
        };
        return settled(connection);
    }

    /** To a server elsewhere no computer leads. */
    static McpConnection open(McpServer.Remote server, EgressGuard egress, WebClient web)
            throws McpFailure, EgressDenied, InterruptedException {
        return settled(made(server, egress, web));
    }

    private static McpConnection made(McpServer.Remote server, EgressGuard egress, WebClient web) {
        return new McpConnection(new HttpTransport(server, egress, web), () -> "");
    }

    private static McpConnection settled(McpConnection connection)
            throws McpFailure, EgressDenied, InterruptedException {
        boolean settled = false;
        try {
            connection.asked(connection.client::initialize);
            settled = true;
            return connection;
        } finally {
            if (!settled) {
                connection.close();
            }
        }
    }

    boolean isOpen() {
        return open;
    }

    List<McpSchema.Tool> tools() throws McpFailure, EgressDenied, InterruptedException {
        List<McpSchema.Tool> tools = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = cursor;
            McpSchema.ListToolsResult listed =
                    asked(() -> from == null ? client.listTools((String) null) : client.listTools(from));
            tools.addAll(listed.tools());
            cursor = listed.nextCursor();
            if (cursor == null || cursor.isEmpty()) {
                break;
            }
        }
        return tools;
    }

    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments)
            throws McpFailure, EgressDenied, InterruptedException {
        return asked(() -> client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()));
    }

    @Override
    public void close() {
        open = false;
        client.close();
    }

    /** The library blocks, and wraps whatever happens in exceptions of its own. */
    private <T> T asked(Supplier<T> question) throws McpFailure, EgressDenied, InterruptedException {
        try {
            return question.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                switch (cause) {
                    case InterruptedException _ -> {
                        boolean cleared = Thread.interrupted();
                        throw new InterruptedException("interrupted while an MCP server was asked " + cleared);
                    }
                    case HttpTransport.Denied denied -> throw denied.reason();
                    case TimeoutException _ ->
                        throw new McpFailure("no answer within " + LIMIT.toSeconds() + " seconds" + last());
                    default -> {
                        // What it wraps may say more.
                    }
                }
            }
            throw new McpFailure((open ? said(e) : "the server's program has ended") + last());
        }
    }

    private static String said(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    /** What a program complained of comes by another way than its end, and may come a moment later. */
    private String last() throws InterruptedException {
        for (int look = 0;
                look < LOOKS_FOR_LAST_WORDS && !open && complaints.get().isBlank();
                look++) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        String said = complaints.get();
        String end = said.substring(Math.max(0, said.length() - 500)).strip();
        return end.isEmpty() ? "" : "; its last words: " + end;
    }
}
