package dev.drover.provider.tool.mcp;

import java.util.List;
import java.util.Map;

/** A server that offers tools, as the operator names it. */
public sealed interface McpServer {
    String name();

    /** A program that is started inside the agent's computer; the agent can read its environment. */
    record Local(String name, String command, List<String> arguments, Map<String, String> environment)
            implements McpServer {
        public Local {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        /** For a shell. */
        String line() {
            StringBuilder line = new StringBuilder("exec ").append(quoted(command));
            arguments.forEach(argument -> line.append(' ').append(quoted(argument)));
            return line.toString();
        }

        private static String quoted(String word) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
    }

    /** One that is reached over HTTP; its headers are sent by the server and never seen inside. */
    record Remote(String name, String url, Map<String, String> headers) implements McpServer {
        public Remote {
            headers = Map.copyOf(headers);
        }
    }
}
