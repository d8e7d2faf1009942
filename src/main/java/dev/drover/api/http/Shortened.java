package dev.drover.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a list shows it: long strings inside are cut first, so that it keeps its shape; what is too large even so
 * becomes the start of its own text.
 *
 * @param bytes how many there were; null when nothing was cut
 */
public record Shortened(JsonNode value, @Nullable Long bytes) {
    private static final int SHORTEST = 64;

    /**
     * Cuts what is too large.
     *
     * @param json or any other text, which then is a string
     * @param most bytes, as it is written
     */
    public static Shortened of(String json, int most) {
        JsonNode whole = JsonCodec.tolerant(json);
        if (written(whole) <= most) {
            return new Shortened(whole, null);
        }
        for (int longest = most / 2; longest >= SHORTEST; longest /= 2) {
            JsonNode cut = cut(whole.deepCopy(), longest);
            if (written(cut) <= most) {
                return new Shortened(cut, size(json));
            }
        }
        return new Shortened(new TextNode(start(JsonCodec.line(whole), most / 4)), size(json));
    }

    /** True or absent, as records say it. */
    public @Nullable Boolean truncated() {
        return bytes == null ? null : true;
    }

    /** In bytes. */
    public static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The first so many letters, never half of one. */
    public static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static int written(JsonNode node) {
        return JsonCodec.bytes(node).length;
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
}
