package dev.drover.provider.tool.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.StartFailure;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The browser in whole runs: what models see, what logs show, what a restart of the server leaves. */
@Timeout(180)
final class BrowserRunTest {
    private final AtomicBoolean late = new AtomicBoolean(true);

    private Turn turn(Asked asked, TestingSite site) {
        return switch (asked.turn()) {
            case 0 -> Turn.call(asked.tool("browser_navigate"), "{\"url\":\"" + site.url("/") + "\"}");
            case 1 -> Turn.call(asked.tool("browser_screenshot"), "{}");
            default -> late.getAndSet(false) ? Turn.silence() : Turn.text("seen");
        };
    }

    private static TestingPlane plane(Map<String, String> settings) {
        try {
            return TestingPlane.start(settings);
        } catch (StartFailure e) {
            assumeTrue(false, "needs bubblewrap: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void aScreenshotIsShownToTheModelAlsoAfterARestartAndNeverInTheLog() throws Exception {
        assumeTrue(BrowserTool.installed().isPresent(), "needs chromium: install the package chromium");
        try (TestingSite site = new TestingSite().with("/", "<body style=background:red>hello");
                ScriptedModelServer model = ScriptedModelServer.start(asked -> turn(asked, site));
                TestingPlane plane = plane(Map.of(
                        "DROVER_MODEL",
                        "anthropic/scripted",
                        "ANTHROPIC_BASE_URL",
                        model.baseUrl(),
                        "DROVER_COMPUTERS",
                        "bubblewrap",
                        "DROVER_EGRESS_ALLOW",
                        site.address()))) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn("look at the page");
            Waiting.until(() -> pictures(model) == 1);
            plane.restart();

            assertThat(agents.finished(id).path("final_result").asText()).isEqualTo("seen");
            assertThat(pictures(model)).isEqualTo(2);
            List<JsonNode> log = agents.log(id);
            assertThat(log.toString())
                    .contains("(an image of ", "\"status\":200")
                    .hasSizeLessThan(20_000);
            agents.assertWhole(id);
        }
    }

    private static long pictures(ScriptedModelServer model) {
        return model.asked().stream()
                .filter(asked -> asked.body().toString().contains("\"media_type\":\"image/png\""))
                .count();
    }
}
