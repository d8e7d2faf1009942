package dev.drover.provider.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.StartFailure;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator's list of servers, {@code mcp.json} in the data folder, in the form that MCP's clients share. */
public final class McpFile {
    public static final String NAME = "mcp.json";

    private static final String FORM =
            "expected is {\"mcpServers\": {\"NAME\": {\"command\", \"args\", \"env\"} or {\"url\", \"headers\"}}}";

    private final Path file;

    private McpFile(Path file) {
        this.file = file;
    }

    /** The servers in it; none when there is no such file. */
    public static List<McpServer> read(Path dataFolder) {
        Path file = dataFolder.resolve(NAME);
        return Files.exists(file) ? new McpFile(file).servers() : List.of();
    }

    private List<McpServer> servers() {
        List<McpServer> servers = new ArrayList<>();
        JsonNode listed = parsed().path("mcpServers");
        if (!listed.isObject()) {
            throw wrong("has no object mcpServers");
        }
        listed.properties().forEach(entry -> servers.add(server(entry.getKey(), entry.getValue())));
        return servers;
    }

    private JsonNode parsed() {
        try {
            return new JsonMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw wrong("is no JSON (line " + e.getLocation().getLineNr() + ")");
        } catch (IOException e) {
            throw new StartFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private McpServer server(String name, JsonNode entry) {
        if (name.isBlank() || entry.has("command") == entry.has("url")) {
            throw wrong("names server '" + name + "', which needs a name and either a command or a url");
        }
        if (entry.has("url")) {
            return new McpServer.Remote(name, url(name, text(name, entry, "url")), texts(name, entry, "headers"));
        }
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument : entry.path("args")) {
            arguments.add(argument.asText());
        }
        if (entry.has("args") && !entry.path("args").isArray()) {
            throw wrong("gives server '" + name + "' args that are no list");
        }
        return new McpServer.Local(name, text(name, entry, "command"), arguments, texts(name, entry, "env"));
    }

    private String url(String name, String url) {
        try {
            return WebUrl.read(url).toString();
        } catch (EgressDenied e) {
            throw wrong("gives server '" + name + "' a url that cannot be used: " + e.reason());
        }
    }

    private String text(String name, JsonNode entry, String field) {
        if (!entry.path(field).isTextual() || entry.path(field).asText().isBlank()) {
            throw wrong("gives server '" + name + "' a " + field + " that is no text");
        }
        return entry.path(field).asText();
    }

    private Map<String, String> texts(String name, JsonNode entry, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : entry.path(field).properties()) {
            if (!each.getValue().isTextual() || each.getKey().matches(".*[=\\p{Cntrl}].*|")) {
                throw wrong("gives server '" + name + "' a " + field + " with '" + each.getKey() + "', which is no name"
                        + " with a text");
            }
            texts.put(each.getKey(), each.getValue().asText());
        }
        return texts;
    }

    private StartFailure wrong(String what) {
        return new StartFailure(file + " " + what + "; " + FORM);
    }
}
