package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log is whole, and no step in it was done again after it was finished. */
final class LogCheck {
    private static final Map<String, String> ENDS = Map.of("end", "completed", "error", "error", "stopped", "stopped");

    private final String task;
    private final List<JsonNode> events;
    private final Findings findings;
    private final Set<String> called = new HashSet<>();
    private final Map<String, JsonNode> returned = new HashMap<>();

    LogCheck(String task, List<JsonNode> events, Findings findings) {
        this.task = task;
        this.events = events;
        this.findings = findings;
    }

    /** @param status what the agent says of itself */
    void run(String status) {
        long finished = 0;
        int ends = 0;
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            findings.expect(event.path("seq").asLong() == i + 1, "%s: event %d has the number %s", task, i + 1, event);
            findings.expect(ends == 0, "%s: there is something behind its end: %s", task, event);
            String kind = event.path("kind").asText();
            ends += ENDS.containsKey(kind) ? 1 : 0;
            switch (kind) {
                case "tool_use" -> call(event);
                case "tool_result" -> giveBack(event);
                case "info" -> {
                    if (event.path("message").asText().equals("Asking the model")) {
                        long iteration = event.path("iteration").asLong();
                        findings.expect(
                                iteration > finished,
                                "%s: the model is asked for iteration %d, though %d is finished",
                                task,
                                iteration,
                                finished);
                    }
                }
                default -> {
                    // Words of the model, and the end.
                }
            }
            finished = Math.max(
                    finished,
                    kind.equals("tool_result") ? event.path("iteration").asLong() : 0);
        }
        String last = events.isEmpty() ? "" : events.getLast().path("kind").asText();
        findings.expect(
                status.equals(ENDS.get(last)), "%s: its status is %s, and its log ends with '%s'", task, status, last);
        boolean open = status.equals("completed") && !called.equals(returned.keySet());
        findings.expect(!open, "%s: of the calls %s only %s have results", task, called, returned.keySet());
    }

    private void call(JsonNode event) {
        String id = event.path("tool_use_id").asText();
        findings.expect(called.add(id), "%s: the call %s is told twice: %s", task, id, event);
    }

    private void giveBack(JsonNode event) {
        String id = event.path("tool_use_id").asText();
        findings.expect(called.contains(id), "%s: a result for a call that was not made: %s", task, event);
        findings.expect(returned.put(id, event) == null, "%s: the call %s has two results: %s", task, id, event);
    }
}
