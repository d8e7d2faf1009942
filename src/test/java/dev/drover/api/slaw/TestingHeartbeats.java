package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import java.util.Map;
import java.util.function.Predicate;

/** A whole server whose agents run shell scripts when they are woken. */
final class TestingHeartbeats implements AutoCloseable {
    private static final int LOOKS = 1200;

    final TestingSquad squads;
    final String squad;

    TestingHeartbeats() {
        this(Map.of());
    }

    TestingHeartbeats(Map<String, String> settings) {
        this(TestingPlane.start(with(settings)));
    }

    TestingHeartbeats(TestingPlane plane) {
        squads = new TestingSquad(plane);
        squad = squads.squad("Heart");
    }

    /** A client of a server in whose squad there is something already. */
    TestingHeartbeats(TestingPlane plane, String squad) {
        this.squads = new TestingSquad(plane);
        this.squad = squad;
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("DROVER_MODEL", "offline"));
        all.putAll(settings);
        return all;
    }

    /** An agent that runs a script whenever it is woken. */
    String agent(String name, String script) {
        return agent(name, script, "{}");
    }

    /** @param heartbeat its policy */
    String agent(String name, String script, String heartbeat) {
        String quoted = dev.drover.core.Json.quote(script);
        return squads.agent(
                squad,
                name,
                ",\"adapterType\":\"process\",\"adapterConfig\":{\"command\":\"sh\",\"graceSec\":1,\"args\":[\"-c\","
                        + quoted + "]},\"runtimeConfig\":{\"heartbeat\":" + heartbeat + "}");
    }

    Reply invoke(String agent) {
        return invoke(agent, "{}");
    }

    Reply invoke(String agent, String body) {
        return squads.post("/api/agents/" + agent + "/heartbeat/invoke", body);
    }

    /** Invokes, and tells the id of the run. */
    String run(String agent) {
        return run(agent, "{}");
    }

    String run(String agent, String body) {
        Reply reply = invoke(agent, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("run").path("id").isTextual())
                .as(reply.body())
                .isTrue();
        return reply.json().at("/run/id").asText();
    }

    JsonNode get(String run) {
        return squads.get("/api/heartbeat-runs/" + run).json().path("run");
    }

    /** The run, once it is as wanted. */
    JsonNode await(String run, Predicate<JsonNode> wanted) {
        return until(() -> get(run), wanted);
    }

    JsonNode await(String run, String status) {
        return await(run, shown -> shown.path("status").asText().equals(status));
    }

    JsonNode awaitEnd(String run) {
        return await(run, shown -> !shown.path("finishedAt").isNull());
    }

    JsonNode awaitAgent(String agent, String status) {
        return until(
                () -> squads.shown(agent),
                shown -> shown.path("status").asText().equals(status));
    }

    static JsonNode until(java.util.function.Supplier<JsonNode> look, Predicate<JsonNode> wanted) {
        JsonNode shown = look.get();
        for (int i = 0; i < LOOKS && !wanted.test(shown); i++) {
            dev.drover.core.computer.Uninterrupted.pause(java.time.Duration.ofMillis(25));
            shown = look.get();
        }
        assertThat(wanted.test(shown)).as(shown.toPrettyString()).isTrue();
        return shown;
    }

    /** The runs of an agent, newest first. */
    JsonNode runs(String agent) {
        return squads.get("/api/squads/" + squad + "/heartbeat-runs?agentId=" + agent)
                .json()
                .path("runs");
    }

    /** How the runs stand, for people who read that a test failed. */
    String shown() {
        return squads.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select id, status, reason, error_code, error, node_id, wish, retry_of from"
                                        + " heartbeat_run")
                        .mapToMap()
                        .list()
                        .toString());
    }

    int count(String sql, Object... values) {
        return squads.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql);
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query.mapTo(Integer.class).one();
        });
    }

    @Override
    public void close() {
        squads.close();
    }
}
