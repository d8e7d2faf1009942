package dev.drover.provider.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;

/** How tools read their input, which the schema has made an object, and write their output. */
public final class ToolJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ToolJson() {}

    public static ObjectNode read(Json input) {
        try {
            return MAPPER.readValue(input.text(), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tool's input must be checked before the tool runs", e);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static Json write(ObjectNode object) {
        try {
            return new Json(MAPPER.writeValueAsString(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }
}
