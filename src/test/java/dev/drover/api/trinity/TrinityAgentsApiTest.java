package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that keep a computer: made, listed, looked at, renamed, turned off and on, deleted. */
class TrinityAgentsApiTest {
    private static TestingPlane plane;
    private static TestingApi api;

    @BeforeAll
    static void start() {
        plane = TestingPlane.offline();
        api = new TestingApi(plane);
    }

    @AfterAll
    static void stop() {
        plane.close();
    }

    private static TestingApi.Reply create(String name) {
        return api.post("/api/agents", "{\"name\":\"" + name + "\"}");
    }

    private static TestingApi.Reply rename(String name, String body) {
        return api.send(api.as("/api/agents/" + name + "/rename").PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aNewAgentIsRunningWhenTheAnswerComes() {
        TestingApi.Reply made = create("Ledger Bot");
        assertThat(made.status()).isEqualTo(200);
        JsonNode agent = made.json();
        assertThat(agent.path("name").textValue()).isEqualTo("ledger-bot");
        assertThat(agent.path("type").textValue()).isEqualTo("business-assistant");
        assertThat(agent.path("status").textValue()).isEqualTo("running");
        assertThat(agent.path("port").intValue()).isGreaterThan(2222);
        assertThat(agent.path("created").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(agent.path("resources").toString()).isEqualTo("{\"cpu\":\"2\",\"memory\":\"4g\"}");
        assertThat(agent.path("container_id").textValue()).matches("[0-9a-f]{64}");
        assertThat(agent.has("template")).isTrue();
        assertThat(agent.path("template").isNull()).isTrue();
        assertThat(agent.path("runtime").textValue()).isEqualTo("drover");
        assertThat(agent.path("id").textValue()).matches("[0-9a-f-]{36}");
        JsonNode detail = api.get("/api/agents/ledger-bot").json();
        assertThat(detail.path("status").textValue()).isEqualTo("running");
        assertThat(detail.path("owner").textValue()).isEqualTo("admin");
        assertThat(detail.path("is_owner").booleanValue()).isTrue();
        assertThat(detail.path("autonomy_enabled").booleanValue()).isFalse();
        assertThat(detail.path("read_only_enabled").booleanValue()).isFalse();
        assertThat(detail.path("avatar_url").isNull()).isTrue();
        JsonNode listed = item("ledger-bot");
        assertThat(listed.path("runtime")).isEqualTo(detail.path("runtime"));
        assertThat(listed.path("tags").isArray()).isTrue();
        assertThat(listed.path("is_system").booleanValue()).isFalse();
    }

    private static JsonNode item(String name) {
        for (JsonNode each : api.get("/api/agents").json()) {
            if (each.path("name").textValue().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(name + " is not in the list");
    }

    @Test
    void theAgentOfTheHouseIsThereFromTheStart() {
        assertThat(item("trinity-system").path("port").intValue()).isEqualTo(2222);
        assertThat(api.delete("/api/agents/trinity-system").status()).isEqualTo(403);
        assertThat(rename("trinity-system", "{\"new_name\":\"mine\"}").body()).contains("System agents");
        assertThat(api.get("/api/v1/agents").body()).doesNotContain("trinity-system");
    }

    @ParameterizedTest
    @CsvSource({
        "!!!, 400, alphanumeric",
        "me, 400, reserved",
        "slots, 400, reserved",
        "0195d1c2-7a3e-7f21-9b44-5c1d2e3f4a5b, 400, reserved",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 400, 64 characters"
    })
    void refusesNamesThatCannotBe(String name, int status, String why) {
        TestingApi.Reply refused = create(name);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().path("detail").textValue())
                .startsWith("Invalid agent name - ")
                .contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cpu\":\"1.5\"}", "{\"cpu\":\"two\"}", "{\"cpu\":{}}", "{\"cpu\":0}"})
    void namesTheResourceThatDoesNotFit(String resources) {
        TestingApi.Reply refused = api.post("/api/agents", "{\"name\":\"res\",\"resources\":" + resources + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").textValue()).contains("resources.cpu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"template\":\"local:../x\"",
                "\"template\":\"local:a/../../b\"",
                "\"template\":\"github:nobody\"",
                "\"base_image\":\"evil:latest\"",
                "\"runtime\":\"emacs\"",
                "\"port\":80",
                "\"resources\":{\"memory\":\"lots\"}"
            })
    void refusesWhatFitsTheSchemaAndStillCannotBe(String field) {
        assertThat(api.post("/api/agents", "{\"name\":\"odd\"," + field + "}").status())
                .isEqualTo(400);
        assertThat(api.get("/api/agents/odd").status()).isEqualTo(404);
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        TestingApi.Reply refused = api.post("/api/agents", "{\"type\":7}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("detail").size()).isEqualTo(2);
    }

    @Test
    void sixOfOneNameGiveOneAgentAndTwelveAtOnceGiveTwelvePorts() throws Exception {
        List<Callable<TestingApi.Reply>> wishes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            wishes.add(() -> create("same"));
        }
        for (int i = 0; i < 12; i++) {
            String name = "crowd-" + i;
            wishes.add(() -> create(name));
        }
        List<Integer> same = new ArrayList<>();
        Set<Integer> ports = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TestingApi.Reply>> replies = threads.invokeAll(wishes);
            for (int i = 0; i < replies.size(); i++) {
                TestingApi.Reply reply = replies.get(i).get();
                if (i < 6) {
                    same.add(reply.status());
                } else {
                    assertThat(reply.status()).isEqualTo(200);
                    ports.add(reply.json().path("port").intValue());
                }
            }
        }
        assertThat(same).containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409);
        assertThat(ports).hasSize(12);
        assertThat(create("same").json().path("detail").textValue()).isEqualTo("Agent already exists");
    }

    @Test
    void isTurnedOffAndOnAgain() {
        create("switch");
        assertThat(api.post("/api/agents/switch/stop", "")
                        .json()
                        .path("message")
                        .textValue())
                .isEqualTo("Agent switch stopped");
        assertThat(api.get("/api/agents/switch").json().path("status").textValue())
                .isEqualTo("stopped");
        assertThat(api.post("/api/agents/switch/stop", "").status()).isEqualTo(200);
        JsonNode started = api.post("/api/agents/switch/start", "").json();
        assertThat(started.path("message").textValue()).isEqualTo("Agent switch started");
        assertThat(started.path("credentials_injection").textValue()).isEqualTo("skipped");
        assertThat(item("switch").path("status").textValue()).isEqualTo("running");
        assertThat(api.get("/api/agents/switch/logs?tail=2").json().path("logs").textValue())
                .contains("started");
        assertThat(api.get("/api/agents/switch/logs?tail=0").json().path("logs").textValue())
                .isEmpty();
        assertThat(api.get("/api/agents/switch/logs?tail=x").status()).isEqualTo(422);
    }

    @Test
    void isRenamedWhileItRuns() {
        JsonNode before = create("alpha").json();
        TestingApi.Reply renamed = rename("alpha", "{\"new_name\":\" Beta \"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("message").textValue()).isEqualTo("Agent renamed from 'alpha' to 'beta'");
        assertThat(renamed.json().path("was_running").booleanValue()).isTrue();
        JsonNode after = api.get("/api/agents/beta").json();
        assertThat(after.path("port")).isEqualTo(before.path("port"));
        assertThat(after.path("status").textValue()).isEqualTo("running");
        assertThat(api.get("/api/agents/alpha").status()).isEqualTo(404);
        assertThat(rename("beta", "{\"new_name\":\"beta\"}").body()).contains("same");
        assertThat(rename("beta", "{\"new_name\":\"  \"}").body()).contains("empty");
        assertThat(rename("beta", "{}").status()).isEqualTo(422);
        create("gamma");
        TestingApi.Reply taken = rename("beta", "{\"new_name\":\"gamma\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body()).contains("exists");
    }

    @Test
    void isDeletedWholeAndItsNameIsFree() {
        String id = create("gone").json().path("id").textValue();
        assertThat(api.delete("/api/agents/gone").json().path("message").textValue())
                .isEqualTo("Agent gone deleted");
        assertThat(api.get("/api/agents/gone").status()).isEqualTo(404);
        assertThat(plane.data().resolve("computers").resolve(id)).doesNotExist();
        JsonNode again = create("gone").json();
        assertThat(again.path("id").textValue()).isNotEqualTo(id);
    }

    @Test
    void aRepeatedCreationMakesNothingNew() {
        HttpRequest.Builder first = keyed("{\"name\":\"once\"}");
        JsonNode made = api.send(first).json();
        JsonNode again = api.send(keyed("{\"name\":\"once\"}")).json();
        assertThat(again.path("id")).isEqualTo(made.path("id"));
        assertThat(api.send(keyed("{\"name\":\"other\"}")).status()).isEqualTo(422);
    }

    private static HttpRequest.Builder keyed(String body) {
        return api.as("/api/agents").header("Idempotency-Key", "k-1").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void whoeverKnowsTheAnswerNeedNotReadItAgain() {
        create("tagged");
        HttpResponse<String> first = plane.send(api.as("/api/agents/tagged"));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = plane.send(api.as("/api/agents/tagged").header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void pagesByCursorInAHeader() {
        create("page-1");
        create("page-2");
        HttpResponse<String> page = plane.send(api.as("/api/agents?limit=1"));
        String next = page.headers().firstValue("X-Next-Cursor").orElseThrow();
        assertThat(api.get("/api/agents?limit=1&cursor=" + next).json().size()).isEqualTo(1);
        assertThat(api.get("/api/agents?limit=1&cursor=" + next).json().get(0))
                .isNotEqualTo(api.get("/api/agents?limit=1").json().get(0));
    }

    @Test
    void machinesComeBackWithTheServer() throws Exception {
        TestingPlane other = TestingPlane.offline();
        try {
            TestingApi its = new TestingApi(other);
            its.post("/api/agents", "{\"name\":\"stays\"}");
            its.post("/api/agents", "{\"name\":\"rests\"}");
            its.post("/api/agents/rests/stop", "");
            other.restart();
            TestingApi later = new TestingApi(other);
            later.await(
                    "/api/agents/stays",
                    agent -> agent.path("status").textValue().equals("running"));
            assertThat(later.get("/api/agents/stays").json().path("status").textValue())
                    .isEqualTo("running");
            assertThat(later.get("/api/agents/rests").json().path("status").textValue())
                    .isEqualTo("stopped");
        } finally {
            other.close();
        }
    }
}
