package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets by API, on a real server. */
final class JettsonSecretsApiTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final String SECRETS = "/api/v1/secrets";
    private static final String PLANTED = "planted-value-4711";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void forgetAll() {
        SERVER.plane().database().database().jdbi().useHandle(handle -> handle.execute("delete from secret"));
    }

    @Test
    void keepsAndReplacesASecretAndNeverShowsItsValue() {
        Reply made = put(
                "API_KEY",
                "{\"value\":\"" + PLANTED + "\",\"description\":\"of the shop\","
                        + "\"hosts\":[\"API.example.com.\",\"::1\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().fieldNames())
                .toIterable()
                .containsExactly("name", "description", "hosts", "created_at", "updated_at", "last_used_at");
        assertThat(made.json().path("name").asText()).isEqualTo("API_KEY");
        assertThat(made.json().path("hosts")).hasToString("[\"api.example.com\",\"::1\"]");
        assertThat(made.json().path("created_at").asText()).matches("....-..-..T..:..:..\\....Z");
        assertThat(made.json().path("last_used_at").isNull()).isTrue();

        Reply replaced = put("API_KEY", "{\"value\":\"other-value-4711\"}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("created_at")).isEqualTo(made.json().path("created_at"));
        assertThat(replaced.json().path("description").isNull()).isTrue();
        assertThat(replaced.json().path("hosts").isNull()).isTrue();

        Reply got = SERVER.get(SECRETS + "/API_KEY");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.json()).isEqualTo(replaced.json());
        for (Reply reply : List.of(made, replaced, got, SERVER.get(SECRETS))) {
            assertThat(reply.body()).doesNotContain(PLANTED).doesNotContain("other-value");
        }
    }

    @Test
    void judgesEachField() {
        assertThat(put("A".repeat(64), value("x")).status()).isEqualTo(201);
        refused("A".repeat(65), value("x"), "name");
        for (String name : List.of("lower", "1ST", "_A", "A-B", "%C3%84")) {
            refused(name, value("x"), "name");
        }
        assertThat(put("LARGE", value("x".repeat(32 * 1024))).status()).isEqualTo(201);
        refused("LARGE", value("x".repeat(32 * 1024 + 1)), "value");
        refused("LARGE", value("ä".repeat(16 * 1024) + "x"), "value");
        refused("BAD", value(""), "value");
        refused("BAD", "{}", "value");
        refused("BAD", "{\"value\":7}", "value");
        refused("BAD", "{\"value\":\"a\\u0000b\"}", "value");
        refused("BAD", "{\"value\":\"a\\ud800b\"}", "value");
        assertThat(put("TOLD", told("d".repeat(200))).status()).isEqualTo(201);
        refused("TOLD", told("d".repeat(201)), "description");
        for (String host : List.of("", "http://x", "a b", "x:80", "*.example.com", "-a")) {
            refused("BAD", "{\"value\":\"x\",\"hosts\":[\"" + host + "\"]}", "hosts");
        }
        assertThat(put("BAD", "[]").code()).isEqualTo("invalid_body");
    }

    @Test
    void listsByNamePageByPage() {
        for (String name : List.of("C", "A", "B_1", "B")) {
            put(name, value("x"));
        }
        Reply first = SERVER.get(SECRETS + "?limit=3");
        assertThat(names(first)).containsExactly("A", "B", "B_1");
        Reply second = SERVER.get(
                SECRETS + "?cursor=" + first.json().path("next_cursor").asText());
        assertThat(names(second)).containsExactly("C");
        assertThat(second.json().path("next_cursor").isNull()).isTrue();
        assertThat(SERVER.get(SECRETS + "?cursor=NONE").code()).isEqualTo("invalid_query");
        assertThat(SERVER.get(SECRETS + "?limit=0").code()).isEqualTo("invalid_query");
    }

    @Test
    void deletesOnceAndKnowsNoOther() {
        put("GONE", value("x"));

        assertThat(SERVER.delete(SECRETS + "/GONE").status()).isEqualTo(204);
        Reply again = SERVER.delete(SECRETS + "/GONE");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("secret_not_found");
        assertThat(SERVER.get(SECRETS + "/GONE").code()).isEqualTo("secret_not_found");
        assertThat(SERVER.get(SECRETS + "/lower").code()).isEqualTo("secret_not_found");
    }

    @Test
    void asksForItsScope() {
        String key = SERVER.post("/api/v1/keys", "{\"name\":\"weak\"}")
                .json()
                .path("secret")
                .asText();
        for (String path : List.of(SECRETS, SECRETS + "/X")) {
            Reply reply = SERVER.send(SERVER.as(key, path));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.json().at("/error/details/scope").asText()).isEqualTo("secrets:manage");
        }
        assertThat(SERVER.send(SERVER.to(SECRETS)).code()).isEqualTo("invalid_api_key");
    }

    @Test
    void takesTwoHundredAndNotOneMoreHoweverManyAskAtOnce() throws Exception {
        for (int i = 0; i < 190; i++) {
            assertThat(put("S" + i, value("x")).status()).isEqualTo(201);
        }
        List<Callable<Integer>> puts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String name = "P" + i;
            puts.add(() -> put(name, value("x")).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var put : threads.invokeAll(puts)) {
                statuses.add(put.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(20);
        assertThat(put("ONE_MORE", value("x")).code()).isEqualTo("limit_reached");
        assertThat(put("S7", value("replaced")).status()).isEqualTo(200);
    }

    private static void refused(String name, String body, String field) {
        Reply reply = put(name, body);
        assertThat(reply.status()).as(name + " " + field).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_body");
        assertThat(reply.json().at("/error/details/field").asText()).isEqualTo(field);
    }

    private static Reply put(String name, String body) {
        return SERVER.send(SERVER.as(SECRETS + "/" + name).PUT(BodyPublishers.ofString(body)));
    }

    private static String value(String value) {
        return object().put("value", value).toString();
    }

    private static String told(String description) {
        return object().put("value", "x").put("description", description).toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static List<String> names(Reply reply) {
        return reply.json().path("data").findValues("name").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
