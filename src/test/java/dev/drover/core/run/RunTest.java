package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import org.junit.jupiter.api.Test;

final class RunTest {
    @Test
    void followsExplicitStepsWithoutAModel() {
        try (TestingPlane plane = TestingPlane.offline()) {
            TestingAgents agents = TestingAgents.of(plane);
            JsonNode agent = agents.finished(agents.spawn("$ echo hello"));
            assertThat(agent.path("status").asText()).isEqualTo("completed");
            assertThat(agent.path("final_result").asText()).contains("hello");
        }
    }
}
