package dev.drover.provider.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.core.Json;
import dev.drover.core.tool.ResultTrimmer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Trims a result by cutting its long strings; where that is not enough, its whole text becomes one cut string. */
public final class JacksonTrimmer implements ResultTrimmer {
    private static final int SHORTEST_CUT = 256;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern UNFIT = Pattern.compile("\\\\u0000|\\\\u[dD][89a-fA-F]|\\p{Cs}");
    private static final Pattern UNFIT_CHARACTER = Pattern.compile("\u0000|\\p{Cs}");

    @Override
    public Json trim(Json object, int limit) {
        if (size(object.text()) <= limit && !UNFIT.matcher(object.text()).find()) {
            return object;
        }
        try {
            JsonNode clean = texts(
                    MAPPER.readTree(object.text()),
                    "",
                    (name, text) -> UNFIT_CHARACTER.matcher(text).replaceAll("\uFFFD"));
            return new Json(fit(clean, limit));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tool's output must be a JSON object, but is none", e);
        }
    }

    private static String fit(JsonNode object, int limit) throws JsonProcessingException {
        String whole = MAPPER.writeValueAsString(object);
        if (size(whole) <= limit) {
            return whole;
        }
        if (size(cut(object, SHORTEST_CUT)) <= limit) {
            return longestCut(object, limit);
        }
        return longestCut(MAPPER.createObjectNode().put("truncated_result", whole), limit);
    }

    private static String longestCut(JsonNode object, int limit) throws JsonProcessingException {
        int fits = SHORTEST_CUT;
        int tooLong = limit;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (size(cut(object, middle)) <= limit) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return cut(object, fits);
    }

    /** The object with every string at most so long, and a note that names each one cut. */
    private static String cut(JsonNode object, int longest) throws JsonProcessingException {
        List<String> notes = new ArrayList<>();
        JsonNode shorter = texts(object, "", (name, text) -> {
            if (text.length() <= longest) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
            notes.add("%s shows the first %d of %d characters".formatted(name, end, text.length()));
            return text.substring(0, end);
        });
        if (shorter instanceof ObjectNode node && !notes.isEmpty()) {
            node.put("note", "cut to fit: " + String.join("; ", notes));
        }
        return MAPPER.writeValueAsString(shorter);
    }

    private static JsonNode texts(JsonNode node, String name, Change change) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(change.of(name, text.textValue()));
            case ArrayNode array -> {
                ArrayNode changed = MAPPER.createArrayNode();
                array.forEach(element -> changed.add(texts(element, name, change)));
                yield changed;
            }
            case ObjectNode object -> {
                ObjectNode changed = MAPPER.createObjectNode();
                object.properties()
                        .forEach(each -> changed.set(
                                change.of("a name", each.getKey()), texts(each.getValue(), each.getKey(), change)));
                yield changed;
            }
            default -> node;
        };
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private interface Change {
        String of(String name, String text);
    }
}
