package dev.drover.provider.runtime.codex;

import static dev.drover.core.runtime.Launch.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.Launch;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Runtimes;
import dev.drover.provider.runtime.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's program {@code codex}. Its own sandbox cannot be had inside of another, and the computer is one. */
public final class Codex implements AgentProgram {
    private static final String KEY = "DROVER_MODELS_KEY";

    @Override
    public String name() {
        return Runtimes.CODEX;
    }

    @Override
    public String command() {
        return "codex";
    }

    @Override
    public String installation() {
        return "npm install -g --prefix ~/.local @openai/codex";
    }

    @Override
    public Launch launch(Order order) {
        Order.Choice choice = order.choice();
        List<String> words = new ArrayList<>(List.of("exec"));
        if (order.session() != null) {
            words.add("resume");
        }
        words.addAll(List.of("--json", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"));
        if (choice.model() != null) {
            words.addAll(List.of("-m", quoted(choice.model())));
        }
        settings(order).forEach(setting -> words.addAll(List.of("-c", quoted(setting))));
        if (choice.lentKey()) {
            words.add("-c model_providers.drover.base_url='\"'\"$DROVER_MODELS/openai\"'\"'");
        }
        if (order.session() != null) {
            words.add(quoted(order.session()));
        }
        words.add("-");
        return new Launch(
                "[ -w \"$HOME\" ] || export CODEX_HOME=\"$DROVER_RUNTIME\"\n",
                String.join(" ", words),
                Map.of(),
                choice.lentKey() ? Map.of(KEY, PLACEHOLDER) : Map.of(),
                order.prompt());
    }

    /** Lines of its configuration, in place of those in the user's own file. */
    private static List<String> settings(Order order) {
        List<String> settings = new ArrayList<>();
        settings.add("check_for_update_on_startup=false");
        if (order.choice().lentKey()) {
            settings.add("model_provider=\"drover\"");
            settings.add("model_providers.drover.name=\"Drover\"");
            settings.add("model_providers.drover.env_key=\"" + KEY + "\"");
            settings.add("model_providers.drover.wire_api=\"responses\"");
        }
        if (!order.instructions().isBlank()) {
            settings.add("developer_instructions=" + toml(order.instructions()));
        }
        List<String> tools = order.choice().tools();
        if (tools != null) {
            // All else it does through its shell, which it cannot be without.
            settings.add("web_search=" + (tools.contains("web_search") ? "\"live\"" : "\"disabled\""));
        }
        Fields.servers(order).forEach((name, server) -> {
            String table = server(server);
            if (table != null) {
                settings.add("mcp_servers." + name.replaceAll("[^A-Za-z0-9_-]", "_") + "=" + table);
            }
        });
        return settings;
    }

    private static @Nullable String server(JsonNode server) {
        List<String> entries = new ArrayList<>();
        if (server.path("command").isTextual()) {
            entries.add("command=" + toml(server.path("command").asText()));
            List<String> arguments = new ArrayList<>();
            server.path("args").forEach(argument -> arguments.add(toml(argument.asText())));
            entries.add("args=[" + String.join(",", arguments) + "]");
            entries.add("env=" + table(server.path("env")));
        } else if (server.path("url").isTextual()) {
            entries.add("url=" + toml(server.path("url").asText()));
            entries.add("http_headers=" + table(server.path("headers")));
        } else {
            return null;
        }
        return "{" + String.join(",", entries) + "}";
    }

    private static String table(JsonNode fields) {
        List<String> entries = new ArrayList<>();
        fields.properties()
                .forEach(field -> entries.add(
                        toml(field.getKey()) + "=" + toml(field.getValue().asText())));
        return "{" + String.join(",", entries) + "}";
    }

    /** JSON's strings are TOML's basic strings, but for DEL, which TOML wants escaped. */
    private static String toml(String text) {
        return Fields.json(text).text().replace("\u007f", "\\u007F");
    }

    @Override
    public Reading reading() {
        return new CodexReading();
    }
}
