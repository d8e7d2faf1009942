package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What matters of a tool call to somebody who watches: its main argument, and what came out of it. */
final class ToolWords {
    private ToolWords() {}

    /** Without the prefix that the dialect shows it with. */
    static String name(JsonNode event) {
        return event.path("tool").asText("tool").replaceFirst("^jettson_", "");
    }

    static String argument(JsonNode event) {
        JsonNode input = structured(event.path("input"));
        String words = Stream.of("command", "method", "path", "url", "query", "key", "selector")
                .map(name -> input.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return words.isEmpty() && input.size() > 0 ? input.toString() : words;
    }

    static String output(JsonNode event) {
        JsonNode output = structured(event.path("output"));
        if (!output.isObject()) {
            return output.asText("");
        }
        if (output.has("entries")) {
            return StreamSupport.stream(output.path("entries").spliterator(), false)
                    .map(entry ->
                            entry.path("name").asText() + (entry.path("is_dir").asBoolean() ? "/" : ""))
                    .collect(Collectors.joining("\n"));
        }
        String words = Stream.of("error", "stdout", "stderr", "content", "body", "text", "text_preview")
                .map(name -> output.path(name).asText("").stripTrailing())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        return words.isEmpty() && !output.has("exit_code") ? rest(output) : words;
    }

    private static String rest(JsonNode output) {
        return output.properties().stream()
                .filter(entry ->
                        entry.getValue().isValueNode() && !entry.getKey().equals("path"))
                .filter(entry -> !entry.getValue().asText().isEmpty())
                .map(entry -> entry.getKey() + ": " + entry.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    static int exitCode(JsonNode event) {
        return structured(event.path("output")).path("exit_code").asInt(0);
    }

    /** How it went, in a few words: exit code or status where there is one, and the time it took. */
    static String verdict(JsonNode event) {
        JsonNode output = structured(event.path("output"));
        String code = !output.path("exit_code").isMissingNode()
                ? "exit " + output.path("exit_code").asText()
                : output.path("status_code").isMissingNode()
                        ? ""
                        : "status " + output.path("status_code").asText();
        List<String> words = Stream.of(
                        output.path("timed_out").asBoolean() ? "timed out" : "",
                        code,
                        event.has("duration_ms")
                                ? time(event.path("duration_ms").asLong())
                                : "")
                .filter(text -> !Objects.equals(text, ""))
                .toList();
        return String.join(", ", words);
    }

    static String time(long millis) {
        return millis < 1_000 ? millis + " ms" : "%.1f s".formatted(millis / 1_000.0);
    }

    /** A cut output comes as text that may no longer be JSON. */
    private static JsonNode structured(JsonNode node) {
        if (!node.isTextual() || !node.asText().startsWith("{")) {
            return node;
        }
        JsonNode parsed = DroverClient.parse(node.asText());
        return parsed.isObject() ? parsed : node;
    }
}
