package dev.drover.provider.runtime.claude;

import static dev.drover.core.runtime.Launch.quoted;

import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.Launch;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Runtimes;
import dev.drover.provider.runtime.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Anthropic's program {@code claude}. */
public final class ClaudeCode implements AgentProgram {
    private static final String INSTRUCTIONS = "instructions.md";
    private static final String SERVERS = "mcp.json";

    /** The contract's words for tools, and what they are called here; other words are taken as they are. */
    private static final Map<String, List<String>> TOOLS = Map.of(
            "filesystem", List.of("Read", "Write", "Edit", "NotebookEdit", "Glob", "Grep"),
            "web_search", List.of("WebSearch"),
            "web_fetch", List.of("WebFetch"),
            "shell", List.of("Bash"));

    @Override
    public String name() {
        return Runtimes.CLAUDE_CODE;
    }

    @Override
    public String command() {
        return "claude";
    }

    @Override
    public String installation() {
        return "npm install -g --prefix ~/.local @anthropic-ai/claude-code";
    }

    @Override
    public Launch launch(Order order) {
        Map<String, String> files = new HashMap<>();
        StringBuilder arguments = new StringBuilder(
                "-p --output-format stream-json --verbose --include-partial-messages --dangerously-skip-permissions");
        Order.Choice choice = order.choice();
        if (choice.model() != null) {
            arguments.append(" --model ").append(quoted(choice.model()));
        }
        if (!order.instructions().isBlank()) {
            // Beside CLAUDE.md, which is the user's own.
            files.put(INSTRUCTIONS, order.instructions());
            arguments.append(" --append-system-prompt-file \"$DROVER_RUNTIME/" + INSTRUCTIONS + "\"");
        }
        if (choice.tools() != null) {
            arguments.append(" --tools ").append(quoted(tools(choice.tools())));
        }
        if (choice.servers().isEmpty()) {
            arguments.append(" --settings '{\"enableAllProjectMcpServers\":true}'");
        } else {
            // Without its questions it takes all that stand in the agent's file, whatever its settings name.
            files.put(
                    SERVERS,
                    Fields.json(Map.of("mcpServers", Fields.servers(order))).text());
            arguments.append(" --strict-mcp-config --mcp-config \"$DROVER_RUNTIME/" + SERVERS + "\"");
        }
        if (order.session() != null) {
            arguments.append(" --resume ").append(quoted(order.session()));
        }
        String before = "[ -w \"$HOME\" ] || export CLAUDE_CONFIG_DIR=\"$DROVER_RUNTIME\"\n";
        if (choice.lentKey()) {
            before += "export ANTHROPIC_BASE_URL=\"$DROVER_MODELS/anthropic\"\n";
        }
        return new Launch(before, arguments.toString(), files, environment(choice), order.prompt());
    }

    private static String tools(List<String> words) {
        return words.stream()
                .flatMap(word -> TOOLS.getOrDefault(word, List.of(word)).stream())
                .collect(Collectors.joining(","));
    }

    private static Map<String, String> environment(Order.Choice choice) {
        Map<String, String> usual = Map.of(
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                "DISABLE_AUTOUPDATER", "1",
                // It refuses to skip its questions as root, unless somebody else guards the place.
                "IS_SANDBOX", "1");
        Map<String, String> lent = choice.lentKey() ? Map.of("ANTHROPIC_API_KEY", PLACEHOLDER) : Map.of();
        return Stream.of(usual, lent)
                .flatMap(each -> each.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Reading reading() {
        return new ClaudeReading();
    }
}
