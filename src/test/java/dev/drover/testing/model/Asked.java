package dev.drover.testing.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request as the server understood it, whichever format it came in.
 *
 * @param headers by lower-case name
 * @param streamed whether the answer was asked for as a stream
 * @param task the first text of the user
 * @param turn how many answers of the model the conversation holds already
 * @param toolResults what tools gave, in order, as text
 * @param tools the names of the tools offered
 */
public record Asked(
        String vendor,
        String path,
        Map<String, String> headers,
        JsonNode body,
        boolean streamed,
        String system,
        String task,
        int turn,
        List<String> toolResults,
        List<String> tools) {
    /** The offered tool whose name ends so, whatever its prefix. */
    public String tool(String suffix) {
        return tools.stream().filter(name -> name.endsWith(suffix)).findFirst().orElse(suffix);
    }

    public String lastToolResult() {
        return toolResults.isEmpty() ? "" : toolResults.getLast();
    }
}
