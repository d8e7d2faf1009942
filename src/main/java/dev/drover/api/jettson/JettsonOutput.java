package dev.drover.api.jettson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.api.http.JsonCodec;
import java.util.Map;

/**
 * A tool's output as a log shows it: at most 16 KiB. Long strings inside are cut first, so that it keeps its shape;
 * what is too large even so becomes the start of its own text.
 */
record JettsonOutput(JsonNode value, boolean truncated) {
    private static final int LIMIT = 16 * 1024;
    private static final int SHORTEST_CUT = 256;

    static JettsonOutput of(String text) {
        JsonNode whole = JsonCodec.tolerant(text);
        if (size(whole) <= LIMIT) {
            return new JettsonOutput(whole, false);
        }
        for (int longest = LIMIT / 2; longest >= SHORTEST_CUT; longest /= 2) {
            JsonNode cut = cut(whole.deepCopy(), longest);
            if (size(cut) <= LIMIT) {
                return new JettsonOutput(cut, true);
            }
        }
        return new JettsonOutput(new TextNode(start(JsonCodec.line(whole), LIMIT / 4)), true);
    }

    private static int size(JsonNode node) {
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

    private static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
