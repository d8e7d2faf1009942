package dev.drover.provider.model.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.core.Json;
import java.util.Map;

/** What a person wants to read of a tool's result. */
final class Output {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Output() {}

    static String of(Step step, Json result) {
        JsonNode json = parsed(result.text());
        if (json.path("error").isTextual()) {
            return json.path("error").textValue();
        }
        return switch (step) {
            case Step.Shell _ -> shell(json);
            case Step.Get _ -> json.path("body").asText();
            case Step.Read _ -> json.path("content").asText();
            case Step.Write write ->
                "Wrote " + json.path("bytes_written").asText("all") + " bytes to "
                        + json.path("path").asText(write.path()) + ".";
        };
    }

    static Json json(Map<String, String> input) {
        try {
            return new Json(MAPPER.writeValueAsString(input));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    private static String shell(JsonNode json) {
        int exitCode = json.path("exit_code").asInt();
        if (exitCode == 0) {
            return json.path("stdout").asText();
        }
        String why = json.path("timed_out").asBoolean() ? "timed out, exit code " : "exit code ";
        return json.path("stderr").asText() + "(" + why + exitCode + ")";
    }

    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return MAPPER.createObjectNode().put("error", text);
        }
    }
}
