package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each test works in a namespace of its own. */
final class JettsonMemoryTest {
    private static final TestingApi SERVER = new TestingApi(Map.of("DROVER_PLAN", "free"));
    private static final String MEMORY = "/api/v1/memory";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static Reply put(String body) {
        return SERVER.post(MEMORY, body);
    }

    private static Reply get(String namespace, String key) {
        return SERVER.get(MEMORY + "?key=" + key + "&namespace=" + namespace);
    }

    private static Reply search(String body) {
        return SERVER.post(MEMORY + "/search", body);
    }

    @Test
    void remembersAndTellsTheWholeRecord() {
        long before = System.currentTimeMillis();
        Reply reply =
                put("{\"key\":\"tea\",\"value\":\"Likes green tea\",\"namespace\":\"record\",\"tags\":[\"taste\"],"
                        + "\"importance\":7,\"expires_in_days\":2}");

        assertThat(reply.status()).isEqualTo(201);
        JsonNode record = reply.json();
        assertThat(record.fieldNames())
                .toIterable()
                .containsExactly(
                        "memory_id",
                        "key",
                        "value",
                        "namespace",
                        "tags",
                        "importance",
                        "source",
                        "created_at",
                        "updated_at",
                        "expires_at",
                        "access_count",
                        "version");
        assertThat(record.path("memory_id").asText()).startsWith("mem_");
        assertThat(record.path("source").asText()).isEqualTo("manual");
        assertThat(record.path("created_at").asLong()).isGreaterThanOrEqualTo(before);
        assertThat(record.path("expires_at").asLong()
                        - record.path("created_at").asLong())
                .isBetween(172_799_000L, 172_801_000L);
        assertThat(record.path("version").asInt()).isEqualTo(1);
        assertThat(record.path("access_count").asInt()).isZero();
    }

    @Test
    void countsOnlyReadsOfOneMemory() {
        put("{\"key\":\"k\",\"value\":\"v\",\"namespace\":\"reads\"}");
        assertThat(get("reads", "k").json().path("access_count").asInt()).isEqualTo(1);
        search("{\"query\":\"v\",\"namespace\":\"reads\"}");
        SERVER.get(MEMORY + "?namespace=reads");
        assertThat(get("reads", "k").json().path("access_count").asInt()).isEqualTo(2);
    }

    @Test
    void makesANewVersionOnlyOfANewValue() {
        JsonNode first = put("{\"key\":\"k\",\"value\":\"one\",\"namespace\":\"versions\",\"tags\":[\"a\"]}")
                .json();
        Reply same = put("{\"key\":\"k\",\"value\":\"one\",\"namespace\":\"versions\"}");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(first);

        Reply tagged = put("{\"key\":\"k\",\"value\":\"one\",\"namespace\":\"versions\",\"importance\":9}");
        assertThat(tagged.status()).isEqualTo(200);
        assertThat(tagged.json().path("version").asInt()).isEqualTo(1);
        assertThat(tagged.json().path("importance").asInt()).isEqualTo(9);
        assertThat(tagged.json().at("/tags/0").asText()).isEqualTo("a");

        Reply changed = put("{\"key\":\"k\",\"value\":\"two\",\"namespace\":\"versions\"}");
        assertThat(changed.status()).isEqualTo(201);
        assertThat(changed.json().path("version").asInt()).isEqualTo(2);
        assertThat(changed.json().path("memory_id")).isEqualTo(first.path("memory_id"));
        assertThat(changed.json().path("importance").asInt()).isEqualTo(5);
    }

    @Test
    void forgetsSoftlyAndHard() {
        String body = "{\"key\":\"k\",\"value\":\"v\",\"namespace\":\"gone\"}";
        JsonNode first = put(body).json();
        String path = MEMORY + "?key=k&namespace=gone";
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
        assertThat(SERVER.delete(path).code()).isEqualTo("not_found");
        assertThat(get("gone", "k").code()).isEqualTo("not_found");
        Reply again = put(body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("version").asInt()).isEqualTo(2);
        assertThat(again.json().path("memory_id")).isEqualTo(first.path("memory_id"));

        assertThat(SERVER.delete(path + "&hard=true").status()).isEqualTo(204);
        assertThat(put(body).json().path("version").asInt()).isEqualTo(1);
        assertThat(SERVER.delete(path + "&hard=perhaps").code()).isEqualTo("invalid_query");
        assertThat(SERVER.delete(MEMORY + "?namespace=gone").code()).isEqualTo("invalid_key");
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuses("{\"value\":\"v\"}", "invalid_key");
        refuses("{\"key\":\"\",\"value\":\"v\"}", "invalid_key");
        refuses("{\"key\":7,\"value\":\"v\"}", "invalid_key");
        refuses("{\"key\":\"a\\u0007\",\"value\":\"v\"}", "invalid_key");
        refuses("{\"key\":\"%s\",\"value\":\"v\"}".formatted("k".repeat(129)), "invalid_key");
        refuses("{\"key\":\"k\"}", "invalid_value");
        refuses("{\"key\":\"k\",\"value\":7}", "invalid_value");
        refuses("{\"key\":\"k\",\"value\":\"%s\"}".formatted("v".repeat(5_001)), "invalid_value");
        refuses("[]", "invalid_body");
    }

    private static void refuses(String body, String code) {
        Reply reply = put(body);
        assertThat(reply.status()).as(body).isEqualTo(400);
        assertThat(reply.code()).as(body).isEqualTo(code);
    }

    @Test
    void namesTheFieldThatDoesNotFit() {
        names("tags", "[%s\"x\"]".formatted(numbered(20)));
        names("tags", "[\"%s\"]".formatted("t".repeat(51)));
        names("tags", "\"t\"");
        names("importance", "0");
        names("importance", "11");
        names("importance", "\"high\"");
        names("expires_in_days", "0");
        names("expires_in_days", "\"soon\"");
        names("namespace", "\"\"");
        names("namespace", "\"%s\"".formatted("n".repeat(65)));
    }

    private static void names(String field, String value) {
        Reply reply = put("{\"key\":\"k\",\"value\":\"v\",\"%s\":%s}".formatted(field, value));
        assertThat(reply.code()).as(value).isEqualTo("invalid_body");
        assertThat(reply.json().at("/error/details/field").asText()).isEqualTo(field);
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj("\"t%d\","::formatted).reduce("", String::concat);
    }

    @Test
    void takesWhatJustFits() {
        String tags = numbered(20).replaceAll(",$", "");
        Reply reply = put("{\"key\":\"%s\",\"value\":\"%s\",\"namespace\":\"%s\",\"tags\":[%s],\"importance\":10}"
                .formatted("k".repeat(128), "v".repeat(5_000), "n".repeat(64), tags));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    @Test
    void listsNewestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            put("{\"key\":\"k%d\",\"value\":\"v\",\"namespace\":\"list\",\"tags\":[\"a\",\"%s\"]}"
                    .formatted(i, i % 2 == 0 ? "even" : "odd"));
        }
        JsonNode first = SERVER.get(MEMORY + "?namespace=list&limit=2").json();
        assertThat(first.at("/data/0/key").asText()).isEqualTo("k4");
        JsonNode second = SERVER.get(MEMORY + "?namespace=list&limit=4&cursor="
                        + first.path("next_cursor").asText())
                .json();
        assertThat(second.path("data")).hasSize(3);
        assertThat(second.path("next_cursor").isNull()).isTrue();
        assertThat(SERVER.get(MEMORY + "?namespace=list&tags=a,even").json().path("data"))
                .hasSize(3);
        assertThat(SERVER.get(MEMORY + "?namespace=list&source=consolidated")
                        .json()
                        .path("data"))
                .isEmpty();
        for (String query : List.of("limit=0", "limit=x", "cursor=mem_x", "source=dream", "tags=,", "namespace=")) {
            assertThat(SERVER.get(MEMORY + "?" + query).code()).as(query).isEqualTo("invalid_query");
        }
    }

    @Test
    void findsByMeaningAndByWords() {
        findable("colour", "Her favourite colour is blue", "[\"taste\"]");
        findable("deploys", "Never deploy on Fridays", "[\"work\",\"rule\"]");
        findable("kaffee", "Trinkt morgens Kaffee mit Hafermilch", "[]");
        Reply reply = search("{\"query\":\"Fridays deploys\",\"namespace\":\"find\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().at("/results/0/key").asText()).isEqualTo("deploys");
        assertThat(reply.json().at("/results/0/score").asDouble()).isBetween(0.4, 1.0);
        assertThat(search("{\"query\":\"hafer\",\"mode\":\"keyword\",\"namespace\":\"find\"}")
                        .body())
                .contains("kaffee", "\"mode\":\"keyword\"");
        assertThat(search("{\"query\":\"deploy\",\"namespace\":\"find\",\"tags\":[\"work\",\"taste\"]}")
                        .json()
                        .path("results"))
                .isEmpty();
        JsonNode meant =
                semantic("{\"query\":\"what hue does she like\",\"mode\":\"semantic\",\"namespace\":\"find\"}");
        assertThat(meant.at("/results/0/key").asText()).isEqualTo("colour");
        assertThat(meant.path("mode").asText()).isEqualTo("semantic");
    }

    private static void findable(String key, String value, String tags) {
        put("{\"key\":\"%s\",\"value\":\"%s\",\"tags\":%s,\"namespace\":\"find\"}".formatted(key, value, tags));
    }

    /** Vectors come a moment behind the memories. */
    private static JsonNode semantic(String body) {
        JsonNode found = search(body).json();
        for (int i = 0; i < 100 && found.path("results").isEmpty(); i++) {
            pause();
            found = search(body).json();
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesASearchForNothing() {
        for (String body :
                List.of("{}", "{\"query\":\" \"}", "{\"query\":7}", "{\"query\":\"x\",\"mode\":\"magic\"}")) {
            assertThat(search(body).code()).as(body).isEqualTo("invalid_query");
        }
        assertThat(search("{\"query\":\"x\",\"limit\":0}").code()).isEqualTo("invalid_body");
    }

    @Test
    void keepsAccountsApart() {
        put("{\"key\":\"secret\",\"value\":\"the vault opens with xyzzy\",\"namespace\":\"apart\"}");
        String other = SERVER.post("/api/v1/keys", "{\"name\":\"t\",\"mode\":\"test\"}")
                .json()
                .path("secret")
                .asText();
        assertThat(SERVER.send(SERVER.as(other, MEMORY + "?key=secret&namespace=apart"))
                        .code())
                .isEqualTo("not_found");
        assertThat(SERVER.send(SERVER.as(other, MEMORY + "/search")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"xyzzy\"}")))
                        .json()
                        .path("results"))
                .isEmpty();
        assertThat(SERVER.send(SERVER.as(other, MEMORY)).json().path("data")).isEmpty();
    }

    @Test
    void needsTheScope() {
        String reader = SERVER.post("/api/v1/keys", "{\"name\":\"r\",\"scopes\":[\"memory:read\"]}")
                .json()
                .path("secret")
                .asText();
        assertThat(SERVER.send(SERVER.as(reader, MEMORY)).status()).isEqualTo(200);
        Reply refused = SERVER.send(
                SERVER.as(reader, MEMORY).POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"k\",\"value\":\"v\"}")));
        assertThat(refused.code()).isEqualTo("insufficient_scope");
    }

    @Test
    void fillsThePoolExactly() throws Exception {
        try (TestingApi server = new TestingApi(Map.of("DROVER_PLAN", "free", "DROVER_EMBEDDING_MODEL", "none"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 99; i++) {
                server.post(MEMORY, "{\"key\":\"k%d\",\"value\":\"v\"}".formatted(i));
            }
            List<Future<Reply>> puts = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(
                            () -> server.post(MEMORY, "{\"key\":\"more%d\",\"value\":\"v\"}".formatted(i))))
                    .toList();
            int made = 0;
            for (Future<Reply> each : puts) {
                Reply reply = each.get();
                made += reply.status() == 201 ? 1 : 0;
                if (reply.status() != 201) {
                    assertThat(reply.status()).isEqualTo(402);
                    assertThat(reply.json().at("/error").toString())
                            .contains("memory_quota_exceeded", "\"plan\":\"free\"")
                            .contains("\"currentMemories\":100", "\"maxMemories\":100");
                }
            }
            assertThat(made).isEqualTo(1);
            assertThat(server.post(MEMORY, "{\"key\":\"k1\",\"value\":\"new\"}").status())
                    .as("a known key does not grow the pool")
                    .isEqualTo(201);
            server.delete(MEMORY + "?key=k1");
            assertThat(server.post(MEMORY, "{\"key\":\"k1\",\"value\":\"back\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(server.post(MEMORY, "{\"key\":\"k100\",\"value\":\"v\"}").status())
                    .isEqualTo(402);
        }
    }
}
