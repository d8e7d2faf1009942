package dev.drover.provider.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.memory.FactReader;
import java.util.ArrayList;
import java.util.List;

/** Reads the array between the outermost brackets, whatever words a model put around it. */
public final class JacksonFacts implements FactReader {
    private static final int USUAL_IMPORTANCE = 6;
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public List<Fact> read(String text) {
        int start = text.indexOf('[');
        int end = text.lastIndexOf(']');
        if (start < 0 || end < start) {
            return List.of();
        }
        try {
            List<Fact> facts = new ArrayList<>();
            for (JsonNode item : MAPPER.readTree(text.substring(start, end + 1))) {
                if (item.path("key").isTextual() && item.path("value").isTextual()) {
                    facts.add(fact(item));
                }
            }
            return facts;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Fact fact(JsonNode item) {
        List<String> tags = new ArrayList<>();
        item.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new Fact(
                item.path("key").textValue(),
                item.path("value").textValue(),
                tags,
                item.path("importance").asInt(USUAL_IMPORTANCE));
    }
}
