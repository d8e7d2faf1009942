package dev.drover.provider.runtime.gemini;

import static dev.drover.core.runtime.Launch.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.Launch;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Runtimes;
import dev.drover.provider.runtime.Fields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Google's program {@code gemini}. It knows no options for instructions and servers of tools, only files: so it gets
 * a home of its own, and the user's settings, which lie where it works, go on beside them.
 */
public final class GeminiCli implements AgentProgram {
    /** The contract's words for tools, and what they are called here; other words are taken as they are. */
    private static final Map<String, List<String>> TOOLS = Map.of(
            "filesystem",
                    List.of(
                            "list_directory",
                            "read_file",
                            "read_many_files",
                            "write_file",
                            "replace",
                            "glob",
                            "search_file_content",
                            "grep_search"),
            "web_search", List.of("google_web_search"),
            "web_fetch", List.of("web_fetch"),
            "shell", List.of("run_shell_command"));

    @Override
    public String name() {
        return Runtimes.GEMINI_CLI;
    }

    @Override
    public String command() {
        return "gemini";
    }

    @Override
    public String installation() {
        return "npm install -g --prefix ~/.local @google/gemini-cli";
    }

    @Override
    public Launch launch(Order order) {
        Order.Choice choice = order.choice();
        StringBuilder arguments = new StringBuilder("-o stream-json --yolo --skip-trust");
        if (choice.model() != null) {
            arguments.append(" -m ").append(quoted(choice.model()));
        }
        if (order.session() != null) {
            arguments.append(" --resume ").append(quoted(order.session()));
        }
        arguments.append(" -p ''");
        String before = "export GEMINI_CLI_HOME=\"$DROVER_RUNTIME\"\n";
        if (choice.lentKey()) {
            before += "export GOOGLE_GEMINI_BASE_URL=\"$DROVER_MODELS/gemini\"\n";
        }
        Map<String, String> environment = new HashMap<>();
        // Else it starts itself a second time, for a larger heap.
        environment.put("GEMINI_CLI_NO_RELAUNCH", "true");
        if (choice.lentKey()) {
            environment.put("GEMINI_API_KEY", PLACEHOLDER);
        }
        return new Launch(
                before,
                arguments.toString(),
                Map.of(
                        ".gemini/settings.json", Fields.json(settings(order)).text(),
                        ".gemini/GEMINI.md", order.instructions()),
                environment,
                order.prompt());
    }

    private static Map<String, Object> settings(Order order) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("security", Map.of("auth", Map.of("selectedType", "gemini-api-key")));
        settings.put("general", Map.of("enableAutoUpdate", false, "enableAutoUpdateNotification", false));
        settings.put("privacy", Map.of("usageStatisticsEnabled", false));
        List<String> tools = order.choice().tools();
        if (tools != null) {
            List<String> core = tools.stream()
                    .flatMap(word -> TOOLS.getOrDefault(word, List.of(word)).stream())
                    .toList();
            settings.put("tools", Map.of("core", core));
        }
        Map<String, Object> servers = new LinkedHashMap<>();
        Fields.servers(order).forEach((name, server) -> servers.put(name, server(server)));
        settings.put("mcpServers", servers);
        return settings;
    }

    /** A {@code url} means server-sent events there, where everybody else means HTTP. */
    private static JsonNode server(JsonNode server) {
        if (server instanceof ObjectNode fields
                && fields.has("url")
                && !fields.path("type").asText().equals("sse")) {
            ObjectNode renamed = fields.deepCopy();
            renamed.remove("type");
            renamed.set("httpUrl", renamed.remove("url"));
            return renamed;
        }
        return server;
    }

    @Override
    public Reading reading() {
        return new GeminiReading();
    }
}
