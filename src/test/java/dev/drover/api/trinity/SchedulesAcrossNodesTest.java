package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.RunningClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two servers whose clocks agree, and schedules that are due on both at the same moment. */
final class SchedulesAcrossNodesTest {
    private static final int SCHEDULES = 8;

    private final RunningClock clock = new RunningClock("2026-11-23T08:59:45Z");

    private TestingPlane server(TestingDatabase database) {
        return TestingPlane.start(
                Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()),
                clock,
                host -> List.of(InetAddress.getAllByName(host)));
    }

    @Test
    void aDueMomentHasOneRecordHoweverManyServersThereAre() {
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane one = server(database);
                TestingPlane other = server(database)) {
            TestingApi api = new TestingApi(one);
            assertThat(api.post("/api/agents", "{\"name\":\"clock\"}").status()).isEqualTo(200);
            List<String> schedules = new ArrayList<>();
            for (int i = 0; i < SCHEDULES; i++) {
                JsonNode made = api.post(
                                "/api/agents/clock/schedules",
                                "{\"name\":\"S%d\",\"cron_expression\":\"0 9 * * *\",\"message\":\"Report.\"}"
                                        .formatted(i))
                        .json();
                schedules.add(made.path("id").asText());
            }
            api.send(api.as("/api/agents/clock/autonomy").PUT(BodyPublishers.ofString("{\"enabled\":true}")));
            clock.set("2026-11-23T08:59:58Z");
            // Whoever waits is told of a change, and looks at the clock again.
            api.send(api.as("/api/agents/clock/autonomy").PUT(BodyPublishers.ofString("{\"enabled\":true}")));

            Waiting.until(() -> schedules.stream().allMatch(id -> records(api, id) > 0));
            assertThat(other.get("/health").statusCode()).isEqualTo(200);
            assertThat(schedules).allMatch(id -> records(api, id) == 1);
        }
    }

    private static int records(TestingApi api, String schedule) {
        return api.get("/api/agents/clock/schedules/" + schedule + "/executions")
                .json()
                .size();
    }
}
