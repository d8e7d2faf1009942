package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tools did in the world outside, against what logs say of it: at most once, and told before it was done. */
final class EffectCheck {
    private final Map<String, Integer> effects;
    private final Findings findings;
    private final Count.Table counts;
    private final Map<String, String> intents = new HashMap<>();

    /** @param requests what was counted, such as {@code POST /intent/...} */
    EffectCheck(Map<String, Integer> requests, Findings findings, Count.Table counts) {
        this.effects = requests;
        this.findings = findings;
        this.counts = counts;
    }

    void run(String task, List<JsonNode> events) {
        Map<String, String> byCall = new HashMap<>();
        for (JsonNode event : events) {
            String id = event.path("tool_use_id").asText();
            if (event.path("kind").asText().equals("tool_use")) {
                String intent = Errand.intent(event.path("input").toString());
                byCall.put(id, intent);
                findings.expect(
                        intents.put(intent, task) == null, "%s: the intent %s stands in two calls", task, intent);
                counts.add(Count.TOOL_INTENTS);
            } else if (event.path("kind").asText().equals("tool_result")) {
                judge(task, byCall.getOrDefault(id, ""), event);
            }
        }
    }

    private void judge(String task, String intent, JsonNode result) {
        boolean inDoubt = result.path("in_doubt").asBoolean();
        counts.add(Count.IN_DOUBT, inDoubt ? 1 : 0);
        boolean counting = result.path("output").toString().contains("answer to POST");
        if (counting && !result.path("is_error").asBoolean()) {
            int times = effects.getOrDefault("POST " + intent, 0);
            findings.expect(times == 1, "%s: %s was done by its log, and happened %d times", task, intent, times);
        }
    }

    /** When all logs are read. */
    void close() {
        effects.forEach((request, times) -> {
            if (request.startsWith("POST ")) {
                String intent = Errand.intent(request);
                counts.add(Count.EFFECTS, times);
                findings.expect(times == 1, "%s took effect %d times", intent, times);
                findings.expect(intents.containsKey(intent), "%s took effect and stands in no log", intent);
            }
        });
    }
}
