package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With 1,000 agents and 10,000 runs. */
class ConsoleOverviewScaleTest {
    private static final TestingHome HOME = new TestingHome();

    @BeforeAll
    static void fill() {
        HOME.sql("""
                insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                select gen_random_uuid(), (select id from app_user limit 1), 'Agent ' || n, 'agent-' || n,
                    (array['jettson', 'make', 'trinity', 'slaw'])[n % 4 + 1], 'jettson-6.0',
                    now() - n * interval '20 minutes', 10
                from generate_series(1, 1000) n
                """);
        HOME.sql("""
                insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer, error,
                    created_at, ended_at, worked_ms, input_tokens, output_tokens)
                select gen_random_uuid(), a.id, a.owner_id, n, 'test', repeat('do it ', 100), 'iad',
                    case when n % 7 = 3 then 'error' else 'completed' end, 'destroyed', case when n % 7 = 3
                    then 'model_unavailable' end, a.created_at + n * interval '1 hour',
                    a.created_at + n * interval '1 hour' + interval '5 minutes', 300000, 1000, 10
                from agent a cross join generate_series(1, 10) n where a.slug like 'agent-%'
                """);
        HOME.sql("""
                insert into run_event (run_id, seq, step, at, kind, label, payload)
                select r.id, n, n, now(), 'noted', 'a step', '{}' from run r cross join generate_series(1, 20) n
                """);
        HOME.sql("analyze");
    }

    @AfterAll
    static void close() {
        HOME.close();
    }

    private static double median(String path) {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            long began = System.nanoTime();
            Reply reply = HOME.api().get(path);
            taken.add((System.nanoTime() - began) / 1e6);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
        taken.sort(Double::compare);
        System.out.printf("%s: median %.1f ms, slowest %.1f ms%n", path, taken.get(10), taken.getLast());
        return taken.get(10);
    }

    @Test
    void isQuickWithAThousandAgents() {
        JsonNode overview = HOME.api().get("/api/v1/overview").json();
        assertThat(overview.at("/agents/total").asInt()).isEqualTo(1000);
        assertThat(overview.at("/attention/items")).hasSizeLessThanOrEqualTo(50);
        // Upper bounds for hangs alone: what is wanted is 50 ms, which the output shows.
        assertThat(median("/api/v1/overview")).isLessThan(2_000);
        assertThat(median("/api/v1/fleet?limit=200")).isLessThan(2_000);
        assertThat(median("/api/v1/fleet?limit=200&sort=activity")).isLessThan(2_000);
    }
}
