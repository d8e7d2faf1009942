package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The cap on runs at once holds against a crowd. */
final class ParallelSpawnTest {
    @Test
    void ofTwoHundredAtOnceExactlyThreeAreAccepted() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> Turn.silence());
                TestingPlane plane = TestingPlane.start(Map.of(
                        "DROVER_PLAN", "pro",
                        "DROVER_MODEL", "openai/scripted",
                        "OPENAI_BASE_URL", model.baseUrl() + "/v1"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> spawn = () -> plane.post("/api/v1/agents", "{\"task\":\"wait\"}");
            List<HttpResponse<String>> answers = threads.invokeAll(Collections.nCopies(200, spawn)).stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(3);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() != 201)
                    .hasSize(197)
                    .allSatisfy(answer -> {
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
                        assertThat(answer.body()).contains("concurrent_limit_reached");
                    });
            assertThat(runs(plane)).isEqualTo(3);

            String first = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .map(answer -> answer.body().replaceAll("(?s).*\"agent_id\":\"(\\w+)\".*", "$1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(plane.delete("/api/v1/agents/" + first).statusCode()).isEqualTo(200);
            assertThat(spawn.call().statusCode()).isEqualTo(201);
            assertThat(spawn.call().statusCode()).isEqualTo(429);
            assertThat(runs(plane)).isEqualTo(4);
        }
    }

    private static int runs(TestingPlane plane) {
        return plane.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from run")
                        .mapTo(Integer.class)
                        .one());
    }
}
