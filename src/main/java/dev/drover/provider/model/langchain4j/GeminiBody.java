package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Mends two things in the requests of the adapter for Gemini (1.18.1). The vendor refuses results of one turn's calls
 * that are not all in one content, and an object of a schema that lists no properties.
 */
final class GeminiBody {
    private static final String PROPERTIES = "properties";
    private static final String PARTS = "parts";

    private GeminiBody() {}

    static String mended(String body) {
        if (!(JsonText.parsed(body) instanceof ObjectNode request)) {
            return body;
        }
        if (request.get("contents") instanceof ArrayNode contents) {
            request.set("contents", gathered(contents));
        }
        for (JsonNode tool : request.path("tools")) {
            for (JsonNode declaration : tool.path("functionDeclarations")) {
                if (declaration.path("parameters").path(PROPERTIES).isEmpty()) {
                    ((ObjectNode) declaration).remove("parameters");
                }
                declaration.path("parameters").path(PROPERTIES).forEach(GeminiBody::withoutEmptyLists);
            }
        }
        return JsonText.of(request);
    }

    private static ArrayNode gathered(ArrayNode contents) {
        ArrayNode gathered = contents.arrayNode();
        for (JsonNode content : contents) {
            JsonNode before = gathered.path(gathered.size() - 1);
            if (isResult(content) && isResult(before)) {
                ((ArrayNode) before.path(PARTS)).addAll((ArrayNode) content.path(PARTS));
            } else {
                gathered.add(content);
            }
        }
        return gathered;
    }

    private static boolean isResult(JsonNode content) {
        return content.path(PARTS).path(0).has("functionResponse");
    }

    private static void withoutEmptyLists(JsonNode schema) {
        if (schema instanceof ObjectNode object && schema.path(PROPERTIES).isEmpty()) {
            object.remove(PROPERTIES);
            object.remove("required");
        }
        schema.path(PROPERTIES).forEach(GeminiBody::withoutEmptyLists);
        if (schema.has("items")) {
            withoutEmptyLists(schema.path("items"));
        }
    }
}
