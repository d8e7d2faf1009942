package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a conversation whose messages have a role and a content, as OpenAI and Ollama send it. */
final class Chats {
    private Chats() {}

    static Asked read(String vendor, String path, Map<String, String> headers, JsonNode body, boolean streamed) {
        List<String> systems = new ArrayList<>();
        List<String> users = new ArrayList<>();
        List<String> results = new ArrayList<>();
        int turn = 0;
        for (JsonNode message : body.path("messages")) {
            JsonNode content = message.path("content");
            String text = content.isArray() ? content.path(0).path("text").asText() : content.asText();
            switch (message.path("role").asText()) {
                case "system", "developer" -> systems.add(text);
                case "user" -> users.add(text);
                case "tool" -> results.add(text);
                default -> turn++;
            }
        }
        List<String> tools = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        return new Asked(
                vendor,
                path,
                headers,
                body,
                streamed,
                String.join("\n", systems),
                users.isEmpty() ? "" : users.getFirst(),
                turn,
                results,
                tools);
    }
}
