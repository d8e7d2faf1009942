package dev.drover.provider.runtime.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import dev.drover.provider.runtime.Fields;
import dev.drover.provider.runtime.Speech;
import java.util.ArrayList;
import java.util.List;

/**
 * Its {@code stream-json}. A message of the model comes block by block under one id; what its sub-agents say among
 * themselves, under a parent, is theirs.
 */
final class ClaudeReading implements Reading {
    private final Speech speech = new Speech();
    private String message = "";
    private String model = "";
    private Usage read = Usage.NONE;
    private long written;

    @Override
    public List<Told> read(String line) throws Unreadable {
        JsonNode fields = Fields.of(line);
        if (fields.path("parent_tool_use_id").isTextual()) {
            return List.of();
        }
        return switch (fields.path("type").asText()) {
            case "system" -> system(fields);
            case "stream_event" -> streamed(fields.path("event"));
            case "assistant" -> spoke(fields.path("message"));
            case "user" -> returned(fields.path("message").path("content"));
            case "result" -> ended(fields);
            default -> List.of();
        };
    }

    private List<Told> system(JsonNode fields) {
        return switch (fields.path("subtype").asText()) {
            case "init" -> List.of(new Told.Session(fields.path("session_id").asText()));
            case "api_retry" ->
                List.of(new Told.Remarked("The model failed, trying again: "
                        + fields.path("error_status").asText("no answer") + " "
                        + fields.path("error").asText()));
            default -> List.of();
        };
    }

    private List<Told> streamed(JsonNode event) {
        return switch (event.path("type").asText()) {
            case "message_start" -> {
                read = usage(event.path("message").path("usage"));
                yield List.of();
            }
            case "content_block_delta" -> piece(event.path("delta"));
            case "message_delta" -> {
                written = event.path("usage").path("output_tokens").asLong();
                yield List.of();
            }
            case "message_stop" -> rest();
            default -> List.of();
        };
    }

    private static List<Told> piece(JsonNode delta) {
        return switch (delta.path("type").asText()) {
            case "text_delta" ->
                List.of(new Told.Piece(new Delta.Text(delta.path("text").asText())));
            case "thinking_delta" ->
                List.of(new Told.Piece(new Delta.Thinking(delta.path("thinking").asText())));
            default -> List.of();
        };
    }

    /** Older versions print no pieces: there the next message tells that this one is whole. */
    private List<Told> spoke(JsonNode said) {
        List<Told> before = said.path("id").asText().equals(message) ? List.of() : rest();
        message = said.path("id").asText();
        model = said.path("model").asText();
        if (read.equals(Usage.NONE)) {
            read = usage(said.path("usage"));
        }
        for (JsonNode block : said.path("content")) {
            switch (block.path("type").asText()) {
                case "text" -> speech.say(block.path("text").asText());
                case "thinking" -> speech.think(block.path("thinking").asText());
                case "tool_use" ->
                    speech.call(
                            block.path("id").asText(), block.path("name").asText(), Fields.json(block.path("input")));
                default -> {
                    // Blocks of tools that the vendor runs itself are in no need of us.
                }
            }
        }
        return before;
    }

    private List<Told> returned(JsonNode content) {
        List<Told> told = new ArrayList<>(rest());
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_result")) {
                told.add(new Told.Returned(
                        block.path("tool_use_id").asText(),
                        Fields.json(Fields.text(block.path("content"))),
                        block.path("is_error").asBoolean()));
            }
        }
        return told;
    }

    private List<Told> ended(JsonNode result) {
        List<Told> told = new ArrayList<>(rest());
        JsonNode cost = result.path("total_cost_usd");
        told.add(new Told.Charged(usage(result.path("usage")), cost.isNumber() ? cost.asDouble() : null, false));
        String text = result.path("result").asText();
        if (result.path("subtype").asText().equals("success")
                && !result.path("is_error").asBoolean()) {
            told.add(new Told.Finished(text));
        } else {
            String why = text.isBlank() ? errors(result) : text;
            told.add(new Told.Failed(why.isBlank() ? result.path("subtype").asText() : why));
        }
        return told;
    }

    private static String errors(JsonNode result) {
        List<String> errors = new ArrayList<>();
        result.path("errors").forEach(error -> errors.add(error.asText()));
        return String.join("; ", errors);
    }

    @Override
    public List<Told> rest() {
        if (speech.isEmpty()) {
            return List.of();
        }
        Usage usage = new Usage(
                read.inputTokens(),
                Math.max(written, read.outputTokens()),
                read.cacheReadTokens(),
                read.cacheWriteTokens());
        read = Usage.NONE;
        written = 0;
        return List.of(speech.reply(usage, model));
    }

    private static Usage usage(JsonNode usage) {
        long cacheRead = usage.path("cache_read_input_tokens").asLong();
        long cacheWrite = usage.path("cache_creation_input_tokens").asLong();
        return new Usage(
                usage.path("input_tokens").asLong() + cacheRead + cacheWrite,
                usage.path("output_tokens").asLong(),
                cacheRead,
                cacheWrite);
    }
}
