package dev.drover.core.tool;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ScenarioId;
import java.util.List;

/** What a run may use of the tools that users made themselves. */
public sealed interface ToolGrant {
    /**
     * A scenario of the user.
     *
     * @param withApproval whether a human must approve each call; nobody can be asked yet, so none is executed
     */
    record OfScenario(ScenarioId scenario, boolean withApproval) implements ToolGrant {}

    /**
     * Tools of a connected MCP server.
     *
     * @param tools by their names there; empty for all
     */
    record OfServer(ConnectionId connection, List<String> tools) implements ToolGrant {
        public OfServer {
            tools = List.copyOf(tools);
        }
    }
}
