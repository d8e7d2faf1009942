package dev.drover.core.run;

import dev.drover.core.runtime.Order;
import dev.drover.core.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What our own loop may use for an agent that chose its tools when it was made (Trinity contract, section 5.2). */
final class ChosenTools {
    /** The contract's words for tools, and what they are called here; other words are taken as they are. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "filesystem", List.of("files_*"),
            "web_search", List.of("browser_*"),
            "web_fetch", List.of("http_request"),
            "shell", List.of("shell_run"));

    private ChosenTools() {}

    /** All that agents usually have where nothing was chosen, or nothing that there is; what is missing is told. */
    static Toolbox of(Held held, Workshop workshop, Consumer<String> missing) {
        Toolbox all = workshop.toolbox();
        if (held.brief() == null) {
            return all.usual();
        }
        Order.Choice choice = workshop.runtimes().choice(held.run().agent());
        choice.servers()
                .forEach(server -> missing.accept("The agent was given the MCP server '" + server
                        + "', which only runtimes that read .mcp.json can use; this run goes on without it."));
        List<String> chosen = choice.tools();
        if (chosen == null) {
            return all.usual();
        }
        List<String> known = new ArrayList<>();
        for (String word : chosen) {
            if (WORDS.containsKey(word)) {
                known.addAll(WORDS.getOrDefault(word, List.of()));
            } else if (all.knows(word)) {
                known.add(word);
            } else {
                missing.accept("The agent was given the tool '" + word
                        + "', which is none of this server's; there are: " + String.join(", ", all.names()) + ".");
            }
        }
        return known.isEmpty() ? all.usual() : all.only(known);
    }
}
