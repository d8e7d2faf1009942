package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/responses}, streamed, as far as Codex needs it. */
final class ResponsesWire implements Wire {
    @Override
    public boolean serves(String path) {
        return path.endsWith("/responses");
    }

    @Override
    public Asked read(String path, Map<String, String> headers, JsonNode body) {
        List<String> users = new ArrayList<>();
        List<String> results = new ArrayList<>();
        int turn = 0;
        boolean answering = false;
        for (JsonNode item : body.path("input")) {
            String type = item.path("type").asText("message");
            boolean models = type.equals("function_call")
                    || type.equals("reasoning")
                    || item.path("role").asText().equals("assistant");
            turn += models && !answering ? 1 : 0;
            answering = models;
            if (type.equals("function_call_output")) {
                results.add(item.path("output").asText(item.path("output").toString()));
            } else if (item.path("role").asText().equals("user")) {
                item.path("content").forEach(part -> users.add(part.path("text").asText()));
            }
        }
        return new Asked(
                "openai",
                path,
                headers,
                body,
                body.path("stream").asBoolean(),
                body.path("instructions").asText(),
                users.isEmpty() ? "" : users.getFirst(),
                turn,
                results,
                body.path("tools").findValuesAsText("name"));
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> stream(Turn turn, Asked asked) {
        List<String> events = new ArrayList<>();
        String id = "resp_" + asked.turn();
        events.add(event(Wire.object("type", "response.created", "response", Wire.object("id", id))));
        int index = 0;
        List<Turn.Part> parts = turn.parts();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            boolean goesOn = i + 1 < parts.size() && parts.get(i + 1) instanceof Turn.Part.Text;
            if (parts.get(i) instanceof Turn.Part.Text(String piece)) {
                if (text.isEmpty()) {
                    events.add(added(asked.turn() + "_" + index, index));
                }
                text.append(piece);
                events.add(delta(asked.turn() + "_" + index, index, piece));
                if (goesOn) {
                    continue;
                }
            }
            Turn.Part whole = text.isEmpty() ? parts.get(i) : new Turn.Part.Text(text.toString());
            text.setLength(0);
            ObjectNode item = item(whole, asked.turn() + "_" + index);
            events.add(event(Wire.object("type", "response.output_item.done", "output_index", index++, "item", item)));
        }
        events.add(event(Wire.object(
                "type", "response.completed", "response", Wire.object("id", id, "usage", usage(turn.usage())))));
        return events;
    }

    private static String added(String number, int index) {
        ObjectNode item = item(new Turn.Part.Text(""), number);
        item.putArray("content");
        return event(Wire.object("type", "response.output_item.added", "output_index", index, "item", item));
    }

    private static String delta(String number, int index, String piece) {
        return event(Wire.object("type", "response.output_text.delta")
                .put("output_index", index)
                .put("content_index", 0)
                .put("item_id", "msg_" + number)
                .put("delta", piece));
    }

    private static ObjectNode item(Turn.Part part, String number) {
        return switch (part) {
            case Turn.Part.Text(String text) ->
                Wire.MAPPER.valueToTree(Map.of(
                        "type",
                        "message",
                        "id",
                        "msg_" + number,
                        "role",
                        "assistant",
                        "content",
                        List.of(Map.of("type", "output_text", "text", text))));
            case Turn.Part.Thinking(String text) ->
                Wire.MAPPER.valueToTree(Map.of(
                        "type",
                        "reasoning",
                        "id",
                        "rs_" + number,
                        "summary",
                        List.of(Map.of("type", "summary_text", "text", text))));
            case Turn.Part.Call call ->
                Wire.MAPPER.valueToTree(Map.of(
                        "type",
                        "function_call",
                        "id",
                        "fc_" + number,
                        "call_id",
                        "call_" + number,
                        "name",
                        call.tool(),
                        "arguments",
                        call.arguments()));
        };
    }

    private static Object usage(Usage usage) {
        return Wire.object()
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens())
                .putPOJO("input_tokens_details", Wire.object("cached_tokens", usage.cacheReadTokens()))
                .putPOJO("output_tokens_details", Wire.object("reasoning_tokens", 0));
    }

    @Override
    public Object whole(Turn turn, Asked asked) {
        throw new IllegalStateException("responses are always streamed here");
    }

    @Override
    public Object error(int status, String message) {
        return Wire.object("error", Wire.object("message", message, "type", "scripted", "code", status));
    }

    @Override
    public String trouble(String message) {
        return event(Wire.object(
                "type", "response.failed", "response", Wire.object("error", Wire.object("message", message))));
    }

    private static String event(ObjectNode event) {
        return "event: " + event.path("type").asText() + "\ndata: " + Wire.json(event) + "\n\n";
    }
}
