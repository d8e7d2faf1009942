package dev.drover.provider.runtime.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import dev.drover.provider.runtime.Fields;
import dev.drover.provider.runtime.Speech;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Its {@code --json} events. An item is what the model thought, said or did; usage comes once, with the turn's end. */
final class CodexReading implements Reading {
    private static final Set<String> OUTCOME =
            Set.of("id", "type", "status", "aggregated_output", "exit_code", "result", "error");

    private final Speech speech = new Speech();
    private final Set<String> begun = new HashSet<>();
    private String last = "";

    @Override
    public List<Told> read(String line) throws Unreadable {
        JsonNode fields = Fields.of(line);
        return switch (fields.path("type").asText()) {
            case "thread.started" ->
                List.of(new Told.Session(fields.path("thread_id").asText()));
            case "item.started" -> started(fields.path("item"));
            case "item.completed" -> completed(fields.path("item"));
            case "turn.completed" -> ended(fields.path("usage"));
            case "turn.failed" -> {
                List<Told> told = new ArrayList<>(rest());
                told.add(new Told.Failed(fields.path("error").path("message").asText("the turn failed")));
                yield told;
            }
            case "error" -> List.of(new Told.Remarked(fields.path("message").asText()));
            default -> List.of();
        };
    }

    private List<Told> started(JsonNode item) {
        return switch (item.path("type").asText()) {
            case "reasoning", "agent_message", "todo_list", "error", "" -> List.of();
            default -> called(item);
        };
    }

    private List<Told> called(JsonNode item) {
        begun.add(item.path("id").asText());
        ObjectNode input = ((ObjectNode) item).deepCopy();
        input.remove(OUTCOME);
        String tool = item.path("type").asText();
        speech.call(item.path("id").asText(), tool, Fields.json(input));
        return rest();
    }

    private List<Told> completed(JsonNode item) {
        return switch (item.path("type").asText()) {
            case "reasoning" -> {
                speech.think(item.path("text").asText());
                yield List.of(
                        new Told.Piece(new Delta.Thinking(item.path("text").asText())));
            }
            case "agent_message" -> {
                List<Told> told = new ArrayList<>(speech.text().isEmpty() ? List.of() : rest());
                last = item.path("text").asText();
                speech.say(last);
                told.add(new Told.Piece(new Delta.Text(last)));
                yield told;
            }
            case "error" -> List.of(new Told.Remarked(item.path("message").asText()));
            case "todo_list", "" -> List.of();
            default -> {
                List<Told> told = new ArrayList<>(begun.contains(item.path("id").asText()) ? List.of() : called(item));
                told.add(returned(item));
                yield told;
            }
        };
    }

    private static Told returned(JsonNode item) {
        ObjectNode outcome = ((ObjectNode) item).deepCopy();
        outcome.retain(OUTCOME);
        outcome.remove(Set.of("id", "type"));
        return new Told.Returned(
                item.path("id").asText(),
                Fields.json(outcome),
                item.path("status").asText().equals("failed"));
    }

    private List<Told> ended(JsonNode usage) {
        List<Told> told = new ArrayList<>(rest());
        told.add(new Told.Charged(
                new Usage(
                        usage.path("input_tokens").asLong(),
                        usage.path("output_tokens").asLong(),
                        usage.path("cached_input_tokens").asLong(),
                        usage.path("cache_write_input_tokens").asLong()),
                null,
                true));
        told.add(new Told.Finished(last));
        return told;
    }

    @Override
    public List<Told> rest() {
        return speech.isEmpty() ? List.of() : List.of(speech.reply(Usage.NONE, ""));
    }
}
