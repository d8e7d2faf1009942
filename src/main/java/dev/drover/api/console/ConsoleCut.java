package dev.drover.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.api.http.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a list shows it: long strings inside are cut first, so that it keeps its shape; what is too large even so
 * becomes the start of its own text.
 *
 * @param bytes how many there were; null when nothing was cut
 */
record ConsoleCut(JsonNode value, @Nullable Long bytes) {
    private static final int SHORTEST = 64;

    /** @param most bytes, about */
    static ConsoleCut of(String json, int most) {
        long size = size(json);
        JsonNode whole = JsonCodec.tolerant(json);
        if (size <= most) {
            return new ConsoleCut(whole, null);
        }
        for (int longest = most / 2; longest >= SHORTEST; longest /= 2) {
            JsonNode cut = cut(whole.deepCopy(), longest);
            if (JsonCodec.bytes(cut).length <= most) {
                return new ConsoleCut(cut, size);
            }
        }
        return new ConsoleCut(new TextNode(start(json, most / 4)), size);
    }

    @Nullable Boolean truncated() {
        return bytes == null ? null : true;
    }

    static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode cut(JsonNode node, int longest) {
        return switch (node) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    field.setValue(cut(field.getValue(), longest));
                }
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, cut(array.get(i), longest));
                }
                yield array;
            }
            case TextNode text -> new TextNode(start(text.textValue(), longest));
            default -> node;
        };
    }

    /** Never half of a character. */
    static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
