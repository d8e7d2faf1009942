package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run wrote into its workspace is there at each later step, unless its log says between them that it is lost;
 * and no computer ends under a command.
 */
final class WorkspaceCheck {
    private static final String LOST = "The server that had the computer is gone";
    private static final List<String> ENDED = List.of("shell ended while", "no shell started");

    private final FaultPlan plan;
    private final Findings findings;

    WorkspaceCheck(FaultPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    void run(String task, List<JsonNode> events) {
        Set<String> written = new HashSet<>();
        for (JsonNode event : events) {
            if (event.path("message").asText().startsWith(LOST)) {
                findings.expect(
                        plan.nodes() > 1 && !plan.shared(), "%s: lost the workspace of a folder that all have", task);
                written.clear();
            } else if (event.path("kind").asText().equals("tool_result")) {
                judge(task, event.path("output"), written);
            }
        }
    }

    private void judge(String task, JsonNode output, Set<String> written) {
        String error = output.path("error").asText();
        findings.expect(
                ENDED.stream().noneMatch(error::contains) || plan.has(Fault.FillDisk.class::isInstance),
                "%s: its computer ended under it: %s",
                task,
                error);
        Set<String> words = output.path("stdout").asText().lines().collect(Collectors.toSet());
        if (words.contains(Errand.TRAIL)) {
            findings.expect(
                    words.containsAll(written), "%s: of what it wrote, %s, it finds only %s", task, written, words);
        }
        words.stream()
                .filter(word -> word.startsWith(Errand.KEPT))
                .forEach(kept -> written.add(kept.substring(Errand.KEPT.length())));
    }
}
