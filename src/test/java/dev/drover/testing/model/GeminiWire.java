package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST .../models/NAME:streamGenerateContent?alt=sse} and {@code :generateContent}. A turn without parts that
 * has a stop word is a prompt that was blocked.
 */
final class GeminiWire implements Wire {
    @Override
    public boolean serves(String path) {
        return path.contains(":streamGenerateContent") || path.contains(":generateContent");
    }

    @Override
    public Asked read(String path, Map<String, String> headers, JsonNode body) {
        List<String> users = new ArrayList<>();
        List<String> results = new ArrayList<>();
        int turn = 0;
        for (JsonNode content : body.path("contents")) {
            boolean model = "model".equals(content.path("role").asText());
            turn += model ? 1 : 0;
            for (JsonNode part : content.path("parts")) {
                if (part.has("functionResponse")) {
                    JsonNode response = part.path("functionResponse").path("response");
                    results.add(response.path("result")
                            .asText(response.path("response").asText(response.toString())));
                } else if (!model) {
                    users.add(part.path("text").asText());
                }
            }
        }
        JsonNode declarations = body.path("tools").path(0).path("functionDeclarations");
        return new Asked(
                "gemini",
                path,
                headers,
                body,
                path.contains(":stream"),
                body.path("systemInstruction")
                        .path("parts")
                        .path(0)
                        .path("text")
                        .asText(),
                users.isEmpty() ? "" : users.getFirst(),
                turn,
                results,
                declarations.findValuesAsText("name"));
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> stream(Turn turn, Asked asked) {
        if (turn.parts().isEmpty() && turn.stop() != null) {
            return List.of(data(Wire.object("promptFeedback", Wire.object("blockReason", turn.stop()))));
        }
        List<String> events = new ArrayList<>();
        List<Object> parts = parts(turn);
        for (Object part : parts) {
            events.add(data(response(asked, List.of(part), null, turn.usage())));
        }
        events.add(data(response(asked, List.of(Wire.object("text", "")), word(turn), turn.usage())));
        return events;
    }

    @Override
    public Object whole(Turn turn, Asked asked) {
        return response(asked, parts(turn), word(turn), turn.usage());
    }

    @Override
    public Object error(int status, String message) {
        return Wire.object("error", Wire.object("code", status, "message", message, "status", "SCRIPTED"));
    }

    @Override
    public String trouble(String message) {
        return data(error(500, message));
    }

    /** As Gemini does, the first call carries a signature over the thoughts before it. */
    private static List<Object> parts(Turn turn) {
        List<Object> parts = new ArrayList<>();
        boolean signed = false;
        for (Turn.Part part : turn.parts()) {
            switch (part) {
                case Turn.Part.Text(String text) -> parts.add(Wire.object("text", text));
                case Turn.Part.Thinking(String text) -> parts.add(Wire.object("text", text, "thought", true));
                case Turn.Part.Call(String tool, String arguments) -> {
                    ObjectNode call =
                            Wire.object("functionCall", Wire.object("name", tool, "args", Wire.arguments(arguments)));
                    if (!signed) {
                        call.put("thoughtSignature", "signed");
                    }
                    signed = true;
                    parts.add(call);
                }
            }
        }
        return parts;
    }

    private static Object response(Asked asked, List<Object> parts, @Nullable String finish, Usage usage) {
        ObjectNode candidate = Wire.object("content", Wire.object("role", "model", "parts", parts), "index", 0);
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        String model = asked.path().replaceAll(".*/models/([^:]+):.*", "$1");
        return Wire.object()
                .putPOJO("candidates", List.of(candidate))
                .putPOJO(
                        "usageMetadata",
                        Wire.object()
                                .put("promptTokenCount", usage.inputTokens())
                                .put("candidatesTokenCount", usage.outputTokens())
                                .put("totalTokenCount", usage.inputTokens() + usage.outputTokens())
                                .put("cachedContentTokenCount", usage.cacheReadTokens()))
                .put("modelVersion", model)
                .put("responseId", "r1");
    }

    private static String data(Object value) {
        return "data: " + Wire.json(value) + "\n\n";
    }

    private static String word(Turn turn) {
        return Objects.requireNonNullElse(turn.stop(), "STOP");
    }
}
