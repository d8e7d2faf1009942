package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}. */
final class OpenAiWire implements Wire {
    @Override
    public boolean serves(String path) {
        return path.endsWith("/chat/completions");
    }

    @Override
    public Asked read(String path, Map<String, String> headers, JsonNode body) {
        return Chats.read("openai", path, headers, body, body.path("stream").asBoolean());
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> stream(Turn turn, Asked asked) {
        List<String> events = new ArrayList<>();
        events.add(chunk(asked, Wire.object("role", "assistant", "content", ""), null));
        int calls = 0;
        for (Turn.Part part : turn.parts()) {
            switch (part) {
                case Turn.Part.Text(String text) -> events.add(chunk(asked, Wire.object("content", text), null));
                case Turn.Part.Thinking(String text) ->
                    events.add(chunk(asked, Wire.object("reasoning_content", text), null));
                case Turn.Part.Call call -> {
                    int half = call.arguments().length() / 2;
                    events.add(chunk(asked, begun(call, asked, calls), null)
                            + chunk(asked, more(calls, call.arguments().substring(0, half)), null)
                            + chunk(asked, more(calls, call.arguments().substring(half)), null));
                    calls++;
                }
            }
        }
        events.add(chunk(asked, Wire.object(), word(turn)));
        String usage = asked.body().path("stream_options").path("include_usage").asBoolean()
                ? data(completion(asked, "chat.completion.chunk", List.of(), usage(turn.usage())))
                : "";
        events.add(usage + "data: [DONE]\n\n");
        return events;
    }

    @Override
    public Object whole(Turn turn, Asked asked) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Object> calls = new ArrayList<>();
        for (Turn.Part part : turn.parts()) {
            switch (part) {
                case Turn.Part.Text piece -> text.append(piece.text());
                case Turn.Part.Thinking piece -> thinking.append(piece.text());
                case Turn.Part.Call call -> calls.add(call(call, asked, calls.size(), call.arguments()));
            }
        }
        ObjectNode message = Wire.object("role", "assistant", "content", text.toString());
        if (!thinking.isEmpty()) {
            message.put("reasoning_content", thinking.toString());
        }
        if (!calls.isEmpty()) {
            message.putPOJO("tool_calls", calls);
        }
        Object choice = Wire.object("index", 0, "message", message, "finish_reason", word(turn));
        return completion(asked, "chat.completion", List.of(choice), usage(turn.usage()));
    }

    @Override
    public Object error(int status, String message) {
        return Wire.object("error", Wire.object("message", message, "type", "scripted", "code", status));
    }

    @Override
    public String trouble(String message) {
        return data(error(500, message));
    }

    private static Object begun(Turn.Part.Call call, Asked asked, int index) {
        return Wire.object("tool_calls", List.of(call(call, asked, index, "")));
    }

    private static Object more(int index, String arguments) {
        return Wire.object(
                "tool_calls", List.of(Wire.object("index", index, "function", Wire.object("arguments", arguments))));
    }

    private static Object call(Turn.Part.Call call, Asked asked, int index, String arguments) {
        return Wire.object()
                .putPOJO("index", index)
                .putPOJO("id", "call_" + asked.turn() + "_" + index)
                .put("type", "function")
                .putPOJO("function", Wire.object("name", call.tool(), "arguments", arguments));
    }

    private static String chunk(Asked asked, Object delta, @Nullable String finish) {
        Object choice = Wire.object("index", 0, "delta", delta, "finish_reason", finish);
        return data(completion(asked, "chat.completion.chunk", List.of(choice), null));
    }

    private static Object completion(Asked asked, String kind, List<Object> choices, @Nullable Object usage) {
        return Wire.object()
                .put("id", "chatcmpl-1")
                .put("object", kind)
                .put("created", 1)
                .putPOJO("model", asked.body().path("model").asText())
                .putPOJO("choices", choices)
                .putPOJO("usage", usage);
    }

    private static Object usage(Usage usage) {
        return Wire.object()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens())
                .putPOJO("prompt_tokens_details", Wire.object("cached_tokens", usage.cacheReadTokens()));
    }

    private static String data(Object value) {
        return "data: " + Wire.json(value) + "\n\n";
    }

    private static String word(Turn turn) {
        return Objects.requireNonNullElse(turn.stop(), turn.callsTools() ? "tool_calls" : "stop");
    }
}
