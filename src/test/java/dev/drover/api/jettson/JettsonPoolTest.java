package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each test works in a namespace of its own. */
final class JettsonPoolTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final String MEMORY = "/api/v1/memory";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static void put(String namespace, String key, String value) {
        Reply reply = SERVER.post(
                MEMORY,
                "{\"key\":\"%s\",\"value\":\"%s\",\"namespace\":\"%s\",\"tags\":[\"t\"]}"
                        .formatted(key, value, namespace));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    private static JsonNode listed(String namespace) {
        return SERVER.get(MEMORY + "?limit=100&namespace=" + namespace).json().path("data");
    }

    @Test
    void dedupesWhatSaysTheSame() {
        put("dup", "old", "The office is in Berlin, near the station");
        put("dup", "other", "Her favourite colour is blue");
        put("dup", "new", "The office is in Berlin near the station.");
        JsonNode dry = SERVER.post(MEMORY + "/dedupe", "{\"namespace\":\"dup\",\"dry_run\":true}")
                .json();
        assertThat(dry.path("removed").asInt()).isEqualTo(1);
        assertThat(listed("dup")).hasSize(3);
        JsonNode done =
                SERVER.post(MEMORY + "/dedupe", "{\"namespace\":\"dup\"}").json();
        assertThat(done.path("scanned").asInt()).isEqualTo(3);
        assertThat(done.path("merged").asInt()).isEqualTo(1);
        assertThat(done.at("/groups/0/removed")).hasSize(1);
        assertThat(listed("dup").toString()).contains("\"new\"", "\"other\"").doesNotContain("\"old\"");
        assertThat(SERVER.post(MEMORY + "/dedupe", "{\"dry_run\":\"yes\"}").code())
                .isEqualTo("invalid_body");
    }

    @Test
    void consolidatesByJoiningWithoutAModel() {
        put("notes", "one", "first");
        assertThat(SERVER.post(MEMORY + "/consolidate", "{\"namespace\":\"notes\"}")
                        .body())
                .isEqualTo("{\"memory\":null,\"consolidated\":0}");
        put("notes", "two", "second");
        Reply reply =
                SERVER.post(MEMORY + "/consolidate", "{\"namespace\":\"notes\",\"tags\":[\"t\"],\"key\":\"both\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().at("/memory/value").asText()).isEqualTo("one: first\ntwo: second");
        assertThat(reply.json().at("/memory/source").asText()).isEqualTo("consolidated");
        assertThat(reply.json().path("consolidated").asInt()).isEqualTo(2);
        assertThat(listed("notes")).hasSize(1);
        assertThat(SERVER.post(MEMORY + "/consolidate", "{}")
                        .json()
                        .at("/error/details/field")
                        .asText())
                .isEqualTo("namespace");
    }

    @Test
    void givesAllAndTakesItBack() {
        for (int i = 0; i < 3; i++) {
            put("moving", "k" + i, "value " + i);
        }
        Reply exported = SERVER.get(MEMORY + "/export?namespace=moving");
        assertThat(exported.header("Content-Type")).isEqualTo("application/json");
        assertThat(exported.json().path("memories")).hasSize(3);
        Reply lines = SERVER.get(MEMORY + "/export?namespace=moving&format=ndjson");
        assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines.body().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"memory_id\""));

        assertThat(SERVER.post(MEMORY + "/import", exported.body())
                        .json()
                        .path("skipped")
                        .asInt())
                .isEqualTo(3);
        SERVER.delete(MEMORY + "?namespace=moving&key=k1");
        String changed = exported.body().replace("value 2", "value two");
        JsonNode skipping = SERVER.post(MEMORY + "/import", changed.replaceAll("}$", ",\"on_conflict\":\"skip\"}"))
                .json();
        assertThat(skipping.toString()).isEqualTo("{\"imported\":1,\"skipped\":2,\"failed\":[]}");
        assertThat(SERVER.post(MEMORY + "/import", changed)
                        .json()
                        .path("imported")
                        .asInt())
                .isEqualTo(1);
        assertThat(SERVER.get(MEMORY + "/export?format=xml").code()).isEqualTo("invalid_query");
    }

    @Test
    void tellsWhichItemsDidNotGoIn() {
        JsonNode taken = SERVER.post(MEMORY + "/import", """
                        {"memories": [{"key": "a", "value": "v", "namespace": "items"}, {"value": "v"}, {"key": "b"},
                            7, {"key": "c", "value": "v", "importance": 12}]}
                        """).json();
        assertThat(taken.path("imported").asInt()).isEqualTo(1);
        assertThat(taken.path("failed").toString())
                .isEqualTo("[{\"index\":1,\"code\":\"invalid_key\"},{\"index\":2,\"code\":\"invalid_value\"},"
                        + "{\"index\":3,\"code\":\"invalid_body\"},{\"index\":4,\"code\":\"invalid_body\"}]");
        for (String body :
                java.util.List.of("{}", "{\"memories\":{}}", "{\"memories\":[],\"on_conflict\":\"merge\"}")) {
            assertThat(SERVER.post(MEMORY + "/import", body).code()).as(body).isEqualTo("invalid_body");
        }
    }

    @Test
    void takesAThousandItemsAndNotOneMore() {
        assertThat(SERVER.post(MEMORY + "/import", items(1_000))
                        .json()
                        .path("imported")
                        .asInt())
                .isEqualTo(1_000);
        assertThat(SERVER.post(MEMORY + "/import", items(1_001)).code()).isEqualTo("invalid_body");
        assertThat(SERVER.post(MEMORY + "/import", " ".repeat((10 << 20) + 1)).code())
                .isEqualTo("payload_too_large");
        assertThat(SERVER.get(MEMORY + "/export?namespace=many").json().path("memories"))
                .hasSize(1_000);
    }

    private static String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"key\":\"k%d\",\"value\":\"value %d\",\"namespace\":\"many\"}".formatted(i, i))
                .collect(Collectors.joining(",", "{\"memories\":[", "]}"));
    }

    @Test
    void takesAsManyAsThereIsRoomFor() {
        try (TestingApi server = new TestingApi(Map.of("DROVER_PLAN", "free", "DROVER_EMBEDDING_MODEL", "none"))) {
            JsonNode taken = server.post(MEMORY + "/import", items(102)).json();
            assertThat(taken.path("imported").asInt()).isEqualTo(100);
            assertThat(taken.path("failed").toString())
                    .isEqualTo("[{\"index\":100,\"code\":\"memory_quota_exceeded\"},"
                            + "{\"index\":101,\"code\":\"memory_quota_exceeded\"}]");
            Reply full = server.post(MEMORY + "/import", "{\"memories\":[{\"key\":\"x\",\"value\":\"v\"}]}");
            assertThat(full.status()).isEqualTo(402);
            assertThat(full.json().at("/error/details/maxMemories").asInt()).isEqualTo(100);
        }
    }
}
