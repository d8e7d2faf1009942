package dev.drover.provider.runtime.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import dev.drover.provider.runtime.Fields;
import dev.drover.provider.runtime.Speech;
import java.util.ArrayList;
import java.util.List;

/** Its {@code stream-json}. Usage comes once, with the result; the result itself is what was said last. */
final class GeminiReading implements Reading {
    private final Speech speech = new Speech();
    private String model = "";

    @Override
    public List<Told> read(String line) throws Unreadable {
        JsonNode fields = Fields.of(line);
        return switch (fields.path("type").asText()) {
            case "init" -> {
                model = fields.path("model").asText();
                yield List.of(new Told.Session(fields.path("session_id").asText()));
            }
            case "message" -> said(fields);
            case "tool_use" -> {
                speech.call(
                        fields.path("tool_id").asText(),
                        fields.path("tool_name").asText(),
                        Fields.json(fields.path("parameters")));
                yield rest();
            }
            case "tool_result" -> List.of(returned(fields));
            case "error" -> List.of(new Told.Remarked(fields.path("message").asText()));
            case "result" -> ended(fields);
            default -> List.of();
        };
    }

    private List<Told> said(JsonNode message) {
        if (!message.path("role").asText().equals("assistant")) {
            return List.of();
        }
        String text = message.path("content").asText();
        speech.say(text);
        return List.of(new Told.Piece(new Delta.Text(text)));
    }

    private static Told returned(JsonNode result) {
        boolean isError = !result.path("status").asText().equals("success");
        JsonNode error = result.path("error").path("message");
        String output = result.path("output").asText();
        return new Told.Returned(
                result.path("tool_id").asText(),
                Fields.json(isError && error.isTextual() ? error.asText() : output),
                isError);
    }

    private List<Told> ended(JsonNode result) {
        String last = speech.text();
        List<Told> told = new ArrayList<>(rest());
        JsonNode stats = result.path("stats");
        told.add(new Told.Charged(
                new Usage(
                        stats.path("input_tokens").asLong(),
                        stats.path("output_tokens").asLong(),
                        stats.path("cached").asLong(),
                        0),
                null,
                false));
        told.add(
                result.path("status").asText().equals("success")
                        ? new Told.Finished(last)
                        : new Told.Failed(result.path("error").path("message").asText("it says no more")));
        return told;
    }

    @Override
    public List<Told> rest() {
        return speech.isEmpty() ? List.of() : List.of(speech.reply(Usage.NONE, model));
    }
}
