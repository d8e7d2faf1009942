package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.runtime.Runtimes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What our own loop may use for an agent that chose its tools when it was made (Trinity contract, section 5.2). */
final class ChosenTools {
    /** The contract's words for tools, and what they are called here; other words are taken as they are. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "filesystem", List.of("files_*"),
            "web_search", List.of("browser_*"),
            "web_fetch", List.of("http_request"),
            "shell", List.of("shell_run"));

    private ChosenTools() {}

    /** Patterns of names; null for all that agents usually have. */
    static @Nullable List<String> of(AgentId agent, Runtimes runtimes) {
        List<String> chosen = runtimes.choice(agent).tools();
        return chosen == null
                ? null
                : chosen.stream()
                        .flatMap(word -> WORDS.getOrDefault(word, List.of(word)).stream())
                        .toList();
    }
}
