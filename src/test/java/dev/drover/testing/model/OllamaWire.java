package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code POST /api/chat}: one JSON object a line, streamed unless the request says not. */
final class OllamaWire implements Wire {
    @Override
    public boolean serves(String path) {
        return path.equals("/api/chat");
    }

    @Override
    public Asked read(String path, Map<String, String> headers, JsonNode body) {
        return Chats.read("ollama", path, headers, body, body.path("stream").asBoolean(true));
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public List<String> stream(Turn turn, Asked asked) {
        List<String> lines = new ArrayList<>();
        int calls = 0;
        for (Turn.Part part : turn.parts()) {
            lines.add(Wire.json(response(
                            asked,
                            switch (part) {
                                case Turn.Part.Text(String text) -> message(text);
                                case Turn.Part.Thinking(String text) -> {
                                    ObjectNode message = message("");
                                    message.put("thinking", text);
                                    yield message;
                                }
                                case Turn.Part.Call call -> {
                                    ObjectNode message = message("");
                                    message.putPOJO("tool_calls", List.of(call(call, calls++)));
                                    yield message;
                                }
                            }))
                    + "\n");
        }
        lines.add(Wire.json(done(response(asked, message("")), turn)) + "\n");
        return lines;
    }

    @Override
    public Object whole(Turn turn, Asked asked) {
        StringBuilder text = new StringBuilder();
        List<Object> calls = new ArrayList<>();
        for (Turn.Part part : turn.parts()) {
            switch (part) {
                case Turn.Part.Text piece -> text.append(piece.text());
                case Turn.Part.Thinking _ -> {}
                case Turn.Part.Call call -> calls.add(call(call, calls.size()));
            }
        }
        ObjectNode message = message(text.toString());
        if (!calls.isEmpty()) {
            message.putPOJO("tool_calls", calls);
        }
        return done(response(asked, message), turn);
    }

    @Override
    public Object error(int status, String message) {
        return Wire.object("error", message);
    }

    @Override
    public String trouble(String message) {
        return Wire.json(error(500, message)) + "\n";
    }

    private static ObjectNode response(Asked asked, Object message) {
        return Wire.object()
                .putPOJO("model", asked.body().path("model").asText())
                .put("created_at", "2026-11-01T00:00:00Z")
                .putPOJO("message", message)
                .put("done", false);
    }

    private static ObjectNode done(ObjectNode response, Turn turn) {
        response.setAll(Wire.object()
                .put("done", true)
                .putPOJO("done_reason", Objects.requireNonNullElse(turn.stop(), "stop"))
                .putPOJO("prompt_eval_count", turn.usage().inputTokens())
                .putPOJO("eval_count", turn.usage().outputTokens()));
        return response;
    }

    private static ObjectNode message(String text) {
        return Wire.object("role", "assistant", "content", text);
    }

    /** Without an id; and Ollama leaves out an index of zero. */
    private static Object call(Turn.Part.Call call, int index) {
        ObjectNode function = Wire.object("name", call.tool(), "arguments", Wire.arguments(call.arguments()));
        if (index > 0) {
            function.put("index", index);
        }
        return Wire.object("function", function);
    }
}
