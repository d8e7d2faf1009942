package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.RunningClock;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The compatibility checklist of the Jettson contract (section 16), line 13, from a client's point of view. Each test
 * works in a namespace of its own.
 */
final class JettsonChecklistMemoryTest {
    private static final String MEMORY = "/api/v1/memory";
    private static final int POOL = 80;
    private static final RunningClock CLOCK = new RunningClock("2026-05-14T18:42:00Z");
    private static final TestingStage STAGE = TestingStage.open(
            Map.of("DROVER_PLAN_MEMORIES", String.valueOf(POOL)),
            CLOCK,
            host -> List.of(InetAddress.getAllByName(host)));
    private static final TestingApi API = new TestingApi(STAGE.plane());
    private static final TestingAgents RUNS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    private static Reply put(String namespace, String key, String value, String more) {
        return API.post(
                MEMORY,
                "{\"namespace\":\"%s\",\"key\":\"%s\",\"value\":\"%s\"%s}".formatted(namespace, key, value, more));
    }

    private static Reply get(String namespace, String key) {
        return API.get(MEMORY + "?namespace=" + namespace + "&key=" + key);
    }

    private static List<String> found(String body) {
        Reply reply = API.post(MEMORY + "/search", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("results").findValuesAsText("key");
    }

    @Test
    void theSamePutIsNoneAndAnotherValueIsANewVersion() {
        Reply first = put("versions", "k", "one", "");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("version").asInt()).isEqualTo(1);
        assertThat(first.json().path("memory_id").asText()).startsWith("mem_");
        Reply same = put("versions", "k", "one", "");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(first.json());
        Reply other = put("versions", "k", "two", "");
        assertThat(other.status()).isEqualTo(201);
        assertThat(other.json().path("version").asInt()).isEqualTo(2);
        assertThat(other.json().path("memory_id")).isEqualTo(first.json().path("memory_id"));
        assertThat(get("versions", "k").json().path("value").asText()).isEqualTo("two");
    }

    @Test
    void aDeleteIsSoftUnlessItIsHard() {
        String path = MEMORY + "?namespace=deletes&key=k";
        JsonNode first = put("deletes", "k", "v", "").json();
        assertThat(API.delete(path).status()).isEqualTo(204);
        Reply gone = API.get(path);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("not_found");
        assertThat(API.delete(path).code()).isEqualTo("not_found");
        JsonNode again = put("deletes", "k", "v", "").json();
        assertThat(again.path("version").asInt()).isEqualTo(2);
        assertThat(again.path("memory_id")).isEqualTo(first.path("memory_id"));
        assertThat(API.delete(path + "&hard=true").status()).isEqualTo(204);
        assertThat(put("deletes", "k", "v", "").json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void whatHasExpiredIsHiddenEverywhere() {
        put("expiry", "short", "the raft leaves", ",\"expires_in_days\":1");
        put("expiry", "long", "the raft returns", ",\"expires_in_days\":2");
        String query = "{\"namespace\":\"expiry\",\"query\":\"raft\",\"mode\":\"keyword\"}";
        assertThat(found(query)).containsExactlyInAnyOrder("short", "long");
        CLOCK.pass(Duration.ofHours(24));
        assertThat(found(query)).containsExactly("long");
        assertThat(get("expiry", "short").code()).isEqualTo("not_found");
        assertThat(get("expiry", "long").status()).isEqualTo(200);
        assertThat(API.get(MEMORY + "?namespace=expiry").json().path("data").findValuesAsText("key"))
                .containsExactly("long");
    }

    @Test
    void tagsAreAllWanted() {
        put("tags", "one", "a heron", ",\"tags\":[\"bird\",\"grey\"]");
        put("tags", "two", "a heron", ",\"tags\":[\"bird\"]");
        String search = "{\"namespace\":\"tags\",\"query\":\"heron\",\"mode\":\"keyword\",\"tags\":[%s]}";
        assertThat(found(search.formatted("\"bird\""))).containsExactlyInAnyOrder("one", "two");
        assertThat(found(search.formatted("\"bird\",\"grey\""))).containsExactly("one");
        assertThat(API.get(MEMORY + "?namespace=tags&tags=grey,bird")
                        .json()
                        .path("data")
                        .findValuesAsText("key"))
                .containsExactly("one");
    }

    @Test
    void aSearchFindsFiftyAtMost() {
        assertThat(imported("many", 51, STAGE.plane().operator())).isEqualTo(51);
        assertThat(found("{\"namespace\":\"many\",\"query\":\"otter\",\"mode\":\"keyword\"}"))
                .hasSize(10);
        assertThat(found("{\"namespace\":\"many\",\"query\":\"otter\",\"mode\":\"keyword\",\"limit\":500}"))
                .hasSize(50);
        for (int i = 0; i < 51; i++) {
            API.delete(MEMORY + "?namespace=many&key=k" + i);
        }
    }

    /** How many of so many were taken. */
    private static int imported(String namespace, int count, String credential) {
        String memories = IntStream.range(0, count)
                .mapToObj(
                        i -> "{\"namespace\":\"%s\",\"key\":\"k%d\",\"value\":\"otter %d\"}".formatted(namespace, i, i))
                .collect(Collectors.joining(",", "{\"memories\":[", "]}"));
        Reply reply = API.send(API.as(credential, MEMORY + "/import").POST(BodyPublishers.ofString(memories)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("imported").asInt();
    }

    @Test
    void aFullPoolTakesNoMoreAndAccountsHaveTheirOwn() {
        String other = API.post("/api/v1/keys", "{\"name\":\"other\",\"mode\":\"test\"}")
                .json()
                .path("secret")
                .asText();
        assertThat(imported("quota", POOL + 1, other)).isEqualTo(POOL);
        Reply refusal = putAs(other, "one_more");
        assertThat(refusal.status()).isEqualTo(402);
        assertThat(refusal.code()).isEqualTo("memory_quota_exceeded");
        assertThat(refusal.json().at("/error/details/currentMemories").asInt()).isEqualTo(POOL);
        assertThat(refusal.json().at("/error/details/maxMemories").asInt()).isEqualTo(POOL);
        assertThat(refusal.json().at("/error/details").has("plan")).isTrue();
        API.send(API.as(other, MEMORY + "?namespace=quota&key=k0").DELETE());
        assertThat(putAs(other, "one_more").status()).isEqualTo(201);
        assertThat(put("quota", "mine", "v", "").status()).isEqualTo(201);

        assertThat(get("quota", "k1").code()).isEqualTo("not_found");
        assertThat(found("{\"namespace\":\"quota\",\"query\":\"otter\"}")).doesNotContain("k1");
        assertThat(API.get(MEMORY + "/export?namespace=quota").json().path("memories"))
                .hasSize(1);
        assertThat(API.send(API.as(other, MEMORY + "?namespace=quota&key=mine")).code())
                .isEqualTo("not_found");
    }

    private static Reply putAs(String credential, String key) {
        return API.send(API.as(credential, MEMORY)
                .POST(BodyPublishers.ofString("{\"namespace\":\"quota\",\"key\":\"" + key + "\",\"value\":\"v\"}")));
    }

    @Test
    void onlyGetsAreCounted() {
        put("access", "k", "the badger sleeps", "");
        get("access", "k");
        found("{\"namespace\":\"access\",\"query\":\"badger\"}");
        API.get(MEMORY + "?namespace=access");
        assertThat(get("access", "k").json().path("access_count").asInt()).isEqualTo(2);
    }

    @Test
    void aRunIsRemindedBeforeItsFirstModelCallAndAnotherAccountsIsNot() {
        put("default", "favourite_colour", "Her favourite colour is ultramarine", ",\"importance\":9");
        String task = "Paint a card in the favourite colour of the user";
        String agent = STAGE.play(task, Script.byTurn(Turn.text("Painted.")));
        RUNS.finished(agent);
        List<Asked> asked = STAGE.asked(task);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().body().toString()).contains("ultramarine");

        String other = API.post("/api/v1/keys", "{\"name\":\"stranger\",\"mode\":\"test\"}")
                .json()
                .path("secret")
                .asText();
        API.spawn(other, "{\"task\":\"" + task + "\"}");
        Waiting.until(() -> STAGE.asked(task).size() == 2);
        assertThat(STAGE.asked(task).getLast().body().toString()).doesNotContain("ultramarine");
    }

    @Test
    void atMostFiveFactsAreLearntAndOnlyOfARunThatCompleted() {
        STAGE.otherwise(asked -> asked.body().toString().contains("the lighthouse keeper")
                ? Turn.text(facts("light"))
                : Turn.text(facts("dark")));
        RUNS.finished(STAGE.play("Ask the lighthouse keeper", Turn.text("The lighthouse keeper says hello.")));
        Waiting.until(() -> learnt().contains("light_4"));
        RUNS.stop(STAGE.play("Ask nobody", Turn.silence()));
        RUNS.finished(STAGE.play("Ask a broken model", asked -> Turn.status(400)));
        RUNS.finished(STAGE.play("Learn nothing", Map.of("memory", Map.of("extract", false)), _ -> Turn.text("Done.")));
        assertThat(learnt()).containsExactlyInAnyOrder("light_0", "light_1", "light_2", "light_3", "light_4");
    }

    private static String facts(String name) {
        return IntStream.range(0, 7)
                .mapToObj(i ->
                        "{\"key\":\"%s_%d\",\"value\":\"Fact %d of %s\",\"importance\":7}".formatted(name, i, i, name))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> learnt() {
        return API.get(MEMORY + "?source=auto_extracted&limit=100")
                .json()
                .path("data")
                .findValuesAsText("key");
    }
}
