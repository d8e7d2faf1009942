package dev.drover.provider.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.core.Json;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as the programs print and read it. */
public final class Fields {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Fields() {}

    /** The object that a line is. */
    public static JsonNode of(String line) throws Reading.Unreadable {
        try {
            JsonNode read = MAPPER.readTree(line);
            if (!read.isObject()) {
                throw new Reading.Unreadable("a line that is no JSON object", new IllegalArgumentException());
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new Reading.Unreadable("a line that is no JSON", e);
        }
    }

    public static Json json(Object value) {
        try {
            return new Json(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /** Texts of a list of parts, or the one text that stands in its place. */
    public static String text(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asText())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"))
                : content.asText();
    }

    /** The servers of {@code .mcp.json} that the order names, by name; none when the file cannot be read. */
    public static Map<String, JsonNode> servers(Order order) {
        Map<String, JsonNode> servers = new LinkedHashMap<>();
        Json file = order.servers();
        if (file != null) {
            parsed(file).path("mcpServers").properties().forEach(server -> {
                if (order.choice().servers().isEmpty()
                        || order.choice().servers().contains(server.getKey())) {
                    servers.put(server.getKey(), server.getValue());
                }
            });
        }
        return servers;
    }

    private static JsonNode parsed(Json file) {
        try {
            return MAPPER.readTree(file.text());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
