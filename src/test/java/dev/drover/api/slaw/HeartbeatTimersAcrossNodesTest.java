package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that the clock wakes, and servers that come and go meanwhile. */
@Timeout(300)
final class HeartbeatTimersAcrossNodesTest {
    private static final Map<String, String> SETTINGS =
            Map.of("DROVER_MODEL", "offline", "HEARTBEAT_SCHEDULER_INTERVAL_MS", "10000", "SLAW_MAX_PROCESSES", "20");
    private static final int AGENTS = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(8);

    @Test
    void eachIntervalWakesOnceAndTheOtherServerGoesOnWhenOneIsGone() {
        try (TestingPlane plane = TestingPlane.start(SETTINGS);
                TestingPlane leaving = plane.sharing()) {
            TestingHeartbeats heart = new TestingHeartbeats(leaving);
            TestingHeartbeats staying = new TestingHeartbeats(plane, heart.squad);
            List<String> agents = IntStream.range(0, AGENTS)
                    .mapToObj(i -> heart.agent(
                            "Timed " + i,
                            "true",
                            "{\"enabled\":true,\"intervalSec\":" + INTERVAL.toSeconds()
                                    + ",\"skipWhenInboxEmpty\":false}"))
                    .toList();
            Waiting.until(() -> agents.stream().allMatch(agent -> succeeded(staying, agent) >= 2));

            leaving.stop();
            List<Integer> before =
                    agents.stream().map(agent -> succeeded(staying, agent)).toList();
            Waiting.until(() ->
                    IntStream.range(0, AGENTS).allMatch(i -> succeeded(staying, agents.get(i)) >= before.get(i) + 2));

            for (String agent : agents) {
                List<Instant> wakes = wakes(staying, agent);
                for (int i = 1; i < wakes.size(); i++) {
                    assertThat(Duration.between(wakes.get(i - 1), wakes.get(i))).isGreaterThanOrEqualTo(INTERVAL);
                }
            }
        }
    }

    private static int succeeded(TestingHeartbeats heart, String agent) {
        return heart.count(
                "select count(*) from heartbeat_run where source = 'timer' and status = 'succeeded' and agent_id = ?",
                UUID.fromString(agent));
    }

    private static List<Instant> wakes(TestingHeartbeats heart, String agent) {
        return heart.squads
                .jdbi()
                .withHandle(handle -> handle.select(
                                "select created_at from wakeup where source = 'timer' and agent_id = ?"
                                        + " order by created_at",
                                UUID.fromString(agent))
                        .mapTo(Instant.class)
                        .list());
    }

    @Test
    void aServerThatStoodStillInTheMiddleWakesNobodyWhomAnotherHasWoken() {
        try (TestingHeartbeats heart = new TestingHeartbeats(SETTINGS)) {
            String agent = heart.agent(
                    "Timed", "true", "{\"enabled\":true,\"intervalSec\":3600,\"skipWhenInboxEmpty\":false}");
            UUID id = UUID.fromString(agent);
            Instant woken;
            try (Handle other = heart.squads.jdbi().open()) {
                other.begin();
                other.execute("select from agent where id = ? for update", id);
                int process = other.select("select pg_backend_pid()")
                        .mapTo(Integer.class)
                        .one();
                heart.squads.sql(
                        "update member set last_heartbeat_at = now() - interval '2 hours' where agent_id = ?", id);
                Waiting.until(() -> heart.count(
                                "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))", process)
                        > 0);
                other.execute("""
                        insert into wakeup (id, agent_id, source, status, scope, context, by_kind, by_id, created_at,
                            updated_at)
                        values (gen_random_uuid(), ?, 'timer', 'completed', 't', '{}', 'system', 'system', now(), now())
                        """, id);
                woken = Instant.now();
                other.commit();
            }
            Waiting.until(() -> heart.count(
                            "select count(*) from scheduled_tasks where task_name = 'heartbeat-timers'"
                                    + " and not picked and last_success > ?",
                            woken)
                    == 1);
            assertThat(wakes(heart, agent)).hasSize(1);
            assertThat(heart.runs(agent)).isEmpty();
        }
    }
}
