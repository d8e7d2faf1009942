package dev.drover.testing.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One vendor's wire format. */
interface Wire {
    ObjectMapper MAPPER = new ObjectMapper();

    boolean serves(String path);

    Asked read(String path, Map<String, String> headers, JsonNode body);

    /** The content type of a streamed answer. */
    String streamType();

    /** The pieces of a streamed answer, each sent on its own. */
    List<String> stream(Turn turn, Asked asked);

    /** The answer in one. */
    Object whole(Turn turn, Asked asked);

    Object error(int status, String message);

    /** An error in the middle of a stream. */
    String trouble(String message);

    static ObjectNode object(@Nullable Object... namesAndValues) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.putPOJO(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be JSON: " + value, e);
        }
    }

    /** Arguments for a format that carries them as an object; text that is no JSON goes as a string. */
    static Object arguments(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return text;
        }
    }
}
