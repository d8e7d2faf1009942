package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.StartFailure;
import dev.drover.core.egress.TestingNames;
import dev.drover.provider.tool.browser.BrowserTool;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server whose model makes the calls of a test and shows what came of them; its computers are isolated where they
 * can be. It finds hosts in a book of its own.
 */
final class TestingTools implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_RESULT = 100 * 1_024;

    private final TestingStage stage;
    private final boolean isolated;

    private TestingTools(TestingStage stage, boolean isolated) {
        this.stage = stage;
        this.isolated = isolated;
    }

    /** @param allow as in {@code DROVER_EGRESS_ALLOW} */
    static TestingTools open(String allow, TestingNames names) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "DROVER_EMBEDDING_MODEL", "none",
                "DROVER_PUBLIC_URL", "http://drover.example",
                "DROVER_EGRESS_ALLOW", allow,
                "DROVER_COMPUTERS", "bubblewrap"));
        TestingStage best = stage(settings, names);
        if (best != null) {
            return new TestingTools(best, true);
        }
        settings.put("DROVER_COMPUTERS", "process");
        return new TestingTools(TestingStage.open(settings, Clock.systemUTC(), names), false);
    }

    private static @Nullable TestingStage stage(Map<String, String> settings, TestingNames names) {
        try {
            return TestingStage.open(settings, Clock.systemUTC(), names);
        } catch (StartFailure noneHere) {
            return null;
        }
    }

    TestingStage stage() {
        return stage;
    }

    TestingAgents agents() {
        return stage.agents();
    }

    void needsIsolation() {
        assumeTrue(isolated, "needs bubblewrap: computers of the kind process share the host with this test");
    }

    void needsBrowser() {
        needsIsolation();
        assumeTrue(BrowserTool.installed().isPresent(), "needs chromium: install the package chromium");
    }

    static Turn call(String tool, Object... fields) {
        ObjectNode input = JSON.createObjectNode();
        for (int i = 0; i < fields.length; i += 2) {
            input.set((String) fields[i], JSON.valueToTree(fields[i + 1]));
        }
        return Turn.call("jettson_" + tool, input.toString());
    }

    /** What the model was given for these calls, made in one turn; none of it may be over 100 KB. */
    List<JsonNode> results(String task, List<Turn> calls) {
        played(task, calls);
        List<JsonNode> results = new ArrayList<>();
        for (String result : stage.asked(task).getLast().toolResults()) {
            assertThat(result.length()).isLessThanOrEqualTo(LONGEST_RESULT);
            results.add(read(result));
        }
        assertThat(results).hasSameSizeAs(calls);
        return results;
    }

    /** What the log shows of such calls, which may be longer than any model could read. */
    List<JsonNode> logged(String task, List<Turn> calls) {
        String agent = played(task, calls);
        return agents().log(agent).stream()
                .filter(event -> event.path("kind").asText().equals("tool_result"))
                .map(event -> event.path("output"))
                .toList();
    }

    private String played(String task, List<Turn> calls) {
        Turn first = calls.getFirst();
        List<Turn.Part> parts =
                calls.stream().flatMap(each -> each.parts().stream()).toList();
        Turn all = new Turn(parts, first.usage(), null, first.fault(), first.before(), first.between());
        String id = stage.play(task, all, Turn.text("Done."));
        JsonNode agent = agents().finished(id);
        assertThat(agent.path("status").asText()).as(agent.toString()).isEqualTo("completed");
        return id;
    }

    private static JsonNode read(String result) {
        try {
            return JSON.readTree(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of an error, which is an object with a single string. */
    static String error(JsonNode result) {
        assertThat(result.properties()).as(result.toString()).hasSize(1);
        return result.path("error").asText();
    }

    static boolean truncated(JsonNode result) {
        assertThat(result.path("truncated").isBoolean()).as(result.toString()).isTrue();
        return result.path("truncated").asBoolean();
    }

    @Override
    public void close() {
        stage.close();
    }
}
