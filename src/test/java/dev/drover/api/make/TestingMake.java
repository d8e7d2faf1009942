package dev.drover.api.make;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.api.http.JsonCodec;
import java.nio.charset.StandardCharsets;

/** A client of the Make dialect of a whole server, in team 1. */
final class TestingMake implements AutoCloseable {
    /** The connection of the model that follows explicit steps. */
    static final int CONNECTION = 5;

    private static final String AGENTS = "/api/v2/ai-agents/v1/agents";

    private final TestingApi api;

    private TestingMake(TestingApi api) {
        this.api = api;
    }

    static TestingMake offline() {
        return new TestingMake(new TestingApi());
    }

    TestingApi api() {
        return api;
    }

    String path(String below, String query) {
        return AGENTS + below + "?teamId=1" + query;
    }

    void forgetAgents() {
        list("").forEach(agent -> delete(agent.path("id").asText()));
        api.plane().database().database().jdbi().useHandle(handle -> {
            handle.execute("update agent set deleted_at = now() where deleted_at is null");
        });
    }

    /** @param more members of the body, each with a comma before it */
    Reply create(String name, String prompt, String more) {
        return api.post(path("", ""), body(name, prompt, CONNECTION, "jettson-6.0", more));
    }

    Reply createOn(int connection, String model) {
        return api.post(path("", ""), body("Helper", "p", connection, model, ""));
    }

    Reply createWithout(String field) {
        ObjectNode body = JsonCodec.object(
                body("Helper", "p", CONNECTION, "jettson-6.0", "").getBytes(StandardCharsets.UTF_8));
        body.remove(field);
        return api.post(path("", ""), body.toString());
    }

    private static String body(String name, String prompt, int connection, String model, String more) {
        String members = "{\"name\":\"%s\",\"teamId\":1,\"makeConnectionId\":%d,\"defaultModel\":\"%s\",";
        return (members + "\"systemPrompt\":\"%s\"%s}").formatted(name, connection, model, prompt, more);
    }

    JsonNode list(String query) {
        return api.get(path("", query)).json();
    }

    Reply get(String agent) {
        return api.get(path("/" + agent, ""));
    }

    Reply patch(String agent, String body) {
        return api.patch(path("/" + agent, ""), body);
    }

    Reply delete(String agent) {
        return api.delete(path("/" + agent, ""));
    }

    Reply run(String agent, String body) {
        return api.post(path("/" + agent + "/run", ""), body);
    }

    /** The number of a new scenario. */
    int scenario(String body) {
        return api.post("/api/v2/scenarios?teamId=1", body)
                .json()
                .at("/scenario/id")
                .asInt();
    }

    @Override
    public void close() {
        api.close();
    }
}
