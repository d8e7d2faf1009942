package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages}. */
final class AnthropicWire implements Wire {
    @Override
    public boolean serves(String path) {
        return path.endsWith("/v1/messages");
    }

    @Override
    public Asked read(String path, Map<String, String> headers, JsonNode body) {
        List<String> users = new ArrayList<>();
        List<String> results = new ArrayList<>();
        int turn = 0;
        for (JsonNode message : body.path("messages")) {
            turn += "assistant".equals(message.path("role").asText()) ? 1 : 0;
            for (JsonNode block : message.path("content")) {
                if ("tool_result".equals(block.path("type").asText())) {
                    JsonNode content = block.path("content");
                    results.add(
                            content.isTextual()
                                    ? content.asText()
                                    : content.path(0).path("text").asText());
                } else if ("user".equals(message.path("role").asText())) {
                    users.add(block.path("text").asText());
                }
            }
        }
        return new Asked(
                "anthropic",
                path,
                headers,
                body,
                body.path("stream").asBoolean(),
                body.path("system").path(0).path("text").asText(),
                users.isEmpty() ? "" : users.getFirst(),
                turn,
                results,
                body.path("tools").findValuesAsText("name"));
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public List<String> stream(Turn turn, Asked asked) {
        List<String> events = new ArrayList<>();
        ObjectNode message = message(asked, List.of(), null, turn.usage());
        events.add(event("message_start", Wire.object("message", message)) + event("ping", Wire.object()));
        int index = 0;
        int calls = 0;
        Turn.Part previous = new Turn.Part.Call("", "");
        for (Turn.Part part : turn.parts()) {
            boolean goesOn = part.getClass() == previous.getClass() && !(part instanceof Turn.Part.Call);
            if (!goesOn && index > 0) {
                events.add(stopped(index - 1, previous));
            }
            if (!goesOn) {
                events.add(event(
                        "content_block_start",
                        Wire.object("index", index++, "content_block", started(part, asked, calls))));
                calls += part instanceof Turn.Part.Call ? 1 : 0;
            }
            events.add(delta(index - 1, content(part)));
            previous = part;
        }
        if (index > 0) {
            events.add(stopped(index - 1, previous));
        }
        events.add(event(
                        "message_delta",
                        Wire.object(
                                "delta",
                                Wire.object("stop_reason", word(turn), "stop_sequence", null),
                                "usage",
                                usage(turn.usage(), turn.usage().outputTokens())))
                + event("message_stop", Wire.object()));
        return events;
    }

    @Override
    public Object whole(Turn turn, Asked asked) {
        List<Object> blocks = new ArrayList<>();
        for (Turn.Part part : turn.parts()) {
            blocks.add(
                    switch (part) {
                        case Turn.Part.Text(String text) -> Wire.object("type", "text", "text", text);
                        case Turn.Part.Thinking(String text) ->
                            Wire.object("type", "thinking", "thinking", text, "signature", "signed");
                        case Turn.Part.Call(String tool, String arguments) ->
                            Wire.object()
                                    .put("type", "tool_use")
                                    .putPOJO("id", id(asked, blocks.size()))
                                    .putPOJO("name", tool)
                                    .putPOJO("input", Wire.arguments(arguments));
                    });
        }
        return message(asked, blocks, word(turn), turn.usage());
    }

    @Override
    public Object error(int status, String message) {
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        return Wire.object("type", "error", "error", Wire.object("type", type, "message", message));
    }

    @Override
    public String trouble(String message) {
        return "event: error\ndata: " + Wire.json(error(529, message)) + "\n\n";
    }

    private static ObjectNode message(Asked asked, List<Object> blocks, @Nullable String stop, Usage usage) {
        return Wire.object()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .putPOJO("model", asked.body().path("model").asText())
                .putPOJO("content", blocks)
                .put("stop_reason", stop)
                .putNull("stop_sequence")
                .putPOJO("usage", usage(usage, stop == null ? 1 : usage.outputTokens()));
    }

    /** Cached tokens beside the input, and all of it again at the end of a stream, as sums. */
    private static ObjectNode usage(Usage usage, long output) {
        return Wire.object()
                .put("input_tokens", usage.inputTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens())
                .put("cache_read_input_tokens", usage.cacheReadTokens())
                .put("cache_creation_input_tokens", usage.cacheWriteTokens())
                .put("output_tokens", output);
    }

    private static Object started(Turn.Part part, Asked asked, int calls) {
        return switch (part) {
            case Turn.Part.Text _ -> Wire.object("type", "text", "text", "");
            case Turn.Part.Thinking _ -> Wire.object("type", "thinking", "thinking", "", "signature", "");
            case Turn.Part.Call call ->
                Wire.object("type", "tool_use", "id", id(asked, calls), "name", call.tool(), "input", Wire.object());
        };
    }

    private static Object content(Turn.Part part) {
        return switch (part) {
            case Turn.Part.Text(String text) -> Wire.object("type", "text_delta", "text", text);
            case Turn.Part.Thinking(String text) -> Wire.object("type", "thinking_delta", "thinking", text);
            case Turn.Part.Call(String _, String arguments) ->
                Wire.object("type", "input_json_delta", "partial_json", arguments);
        };
    }

    private static String stopped(int index, Turn.Part part) {
        String signature = part instanceof Turn.Part.Thinking
                ? delta(index, Wire.object("type", "signature_delta", "signature", "signed"))
                : "";
        return signature + event("content_block_stop", Wire.object("index", index));
    }

    private static String delta(int index, Object delta) {
        return event("content_block_delta", Wire.object("index", index, "delta", delta));
    }

    private static String event(String type, ObjectNode data) {
        ObjectNode typed = Wire.object("type", type);
        typed.setAll(data);
        return "event: " + type + "\ndata: " + Wire.json(typed) + "\n\n";
    }

    private static String word(Turn turn) {
        return Objects.requireNonNullElse(turn.stop(), turn.callsTools() ? "tool_use" : "end_turn");
    }

    private static String id(Asked asked, int call) {
        return "toolu_" + asked.turn() + "_" + call;
    }
}
