package dev.drover.core.scenario;

import dev.drover.core.id.ConnectionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scenario does when it runs. */
public sealed interface Action {
    /**
     * A call over HTTP, with places {@code {{name}}} for inputs.
     *
     * @param url no places but in path and query
     * @param connection whose credentials go along; null for none
     */
    record Request(
            String method,
            String url,
            Map<String, String> headers,
            @Nullable String body,
            @Nullable ConnectionId connection)
            implements Action {
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /** A tool of a connected MCP server, by its name there. */
    record ServerTool(ConnectionId connection, String tool) implements Action {}

    /** A tool of this server, by its name without any prefix. */
    record Builtin(String tool) implements Action {}
}
