package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What agents leave behind (contract, section 13.5). */
class JettsonArtifactsTest {
    private static final TestingApi API = new TestingApi();
    private static final TestingAgents AGENTS = TestingAgents.of(API.plane());

    @AfterAll
    static void close() {
        API.close();
    }

    private static String path(String agent) {
        return "/api/v1/agents/" + agent + "/artifacts";
    }

    private static JsonNode list(String agent) {
        TestingApi.Reply reply = API.get(path(agent) + "?limit=100");
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().path("data");
    }

    private static String finished(String task, Map<String, ?> options) {
        String id = AGENTS.spawn(task, options);
        AGENTS.finished(id);
        return id;
    }

    @Test
    void keepsWhatLiesInTheFolderAndWhatAPatternNames() {
        String id = finished(
                "$ mkdir -p artifacts/deep out; printf hello > artifacts/deep/a.txt; printf '{}' > out/b.json;"
                        + " echo no > out/c.log; ln -s /etc/passwd artifacts/secret; mkfifo artifacts/pipe",
                Map.of("artifacts", List.of("out/*.json", "/workspace/none/*")));

        JsonNode data = list(id);
        assertThat(data.findValuesAsText("path")).containsExactly("artifacts/deep/a.txt", "out/b.json");
        JsonNode first = data.get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("artifact_id", "path", "size_bytes", "mime_type", "sha256", "created_at");
        assertThat(first.path("size_bytes").asInt()).isEqualTo(5);
        assertThat(first.path("mime_type").asText()).isEqualTo("text/plain");
        assertThat(first.path("sha256").asText())
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(API.get(path(id) + "/" + first.path("artifact_id").asText()).json())
                .isEqualTo(first);
    }

    @Test
    void givesBytesWholeAndInRanges() {
        String id = finished("$ mkdir artifacts; printf 0123456789 > 'artifacts/d \u00e9.bin'", Map.of());
        String content = path(id) + "/" + list(id).get(0).path("artifact_id").asText() + "/content";

        TestingApi.Reply whole = API.get(content);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.header("Content-Length")).isEqualTo("10");
        assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"d _.bin\"; filename*=UTF-8''d%20%C3%A9.bin");
        assertThat(whole.header("ETag")).matches("\"[0-9a-f]{64}\"");

        TestingApi.Reply part = API.send(API.as(content).header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(API.send(API.as(content).header("Range", "bytes=-3")).body()).isEqualTo("789");
        assertThat(API.send(API.as(content).header("Range", "bytes=8-99")).body())
                .isEqualTo("89");
        assertThat(API.send(API.as(content).header("Range", "bytes=9-")).body()).isEqualTo("9");
        TestingApi.Reply beyond = API.send(API.as(content).header("Range", "bytes=10-"));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.code()).isEqualTo("invalid_range");
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(API.send(API.as(content).header("Range", "lines=1-2")).status())
                .isEqualTo(200);
        assertThat(API.send(API.as(content).header("Range", "bytes=1-2").header("If-Range", "\"other\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keepsAFileOfManyPieces() {
        String id = finished("$ mkdir artifacts; head -c 3000001 /dev/zero | tr '\\0' 'x' > artifacts/big", Map.of());
        JsonNode big = list(id).get(0);
        assertThat(big.path("size_bytes").asInt()).isEqualTo(3_000_001);
        String content = path(id) + "/" + big.path("artifact_id").asText() + "/content";
        assertThat(API.get(content).body()).hasSize(3_000_001).matches("x+");
        assertThat(API.send(API.as(content).header("Range", "bytes=262143-524288"))
                        .body())
                .hasSize(262_146);
    }

    @Test
    void leavesOutWhatIsTooManyOrTooMuchAndSaysSo() {
        String many = finished("$ mkdir artifacts; for i in $(seq 101); do echo $i > artifacts/f$i; done", Map.of());
        assertThat(list(many)).hasSize(100);
        assertThat(AGENTS.log(many))
                .anyMatch(event -> event.path("kind").asText().equals("info")
                        && event.path("message").asText().startsWith("Left out of the artifacts"));
        String large = finished(
                "$ mkdir artifacts; truncate -s 104857601 artifacts/large; echo small > artifacts/small", Map.of());
        assertThat(list(large).findValuesAsText("path")).containsExactly("artifacts/small");
    }

    @Test
    void keepsThemOfAStoppedAgentBeforeItsComputerIsGone() {
        String id = AGENTS.spawn("$ mkdir artifacts; echo half > artifacts/half.txt; sleep 60");
        AGENTS.awaitEvent(id, "tool_use");
        Waiting.until(() -> AGENTS.agent(id).path("status").asText().equals("running"));
        pause();
        AGENTS.stop(id);
        AGENTS.destroyed(id);
        assertThat(list(id).findValuesAsText("path")).containsExactly("artifacts/half.txt");
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesAFileToTheNextAgent() {
        String first = finished("$ mkdir artifacts; echo handed over > artifacts/note.txt", Map.of());
        String artifact = list(first).get(0).path("artifact_id").asText();
        String second =
                finished("$ cat got.txt", Map.of("files", List.of(Map.of("path", "got.txt", "artifact_id", artifact))));
        assertThat(AGENTS.agent(second).path("final_result").asText()).contains("handed over");

        TestingApi.Reply unknown = API.post(
                "/api/v1/agents",
                "{\"task\":\"x\",\"files\":[{\"path\":\"a\",\"artifact_id\":\"01981f6e-0000-7000-8000-"
                        + "000000000000\"}]}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/error/details/field").asText()).isEqualTo("files");
    }

    @Test
    void listsInPagesAndDeletes() {
        String id = finished("$ mkdir artifacts; for i in 1 2 3; do echo $i > artifacts/$i; done", Map.of());
        JsonNode page = API.get(path(id) + "?limit=2").json();
        assertThat(page.path("data")).hasSize(2);
        JsonNode rest = API.get(
                        path(id) + "?limit=2&cursor=" + page.path("next_cursor").asText())
                .json();
        assertThat(rest.path("data").findValuesAsText("path")).containsExactly("artifacts/3");
        assertThat(rest.path("next_cursor").isNull()).isTrue();
        assertThat(API.get(path(id) + "?cursor=art_zzz").code()).isEqualTo("invalid_query");

        String one =
                path(id) + "/" + rest.path("data").get(0).path("artifact_id").asText();
        assertThat(API.delete(one).status()).isEqualTo(204);
        assertThat(API.delete(one).code()).isEqualTo("artifact_not_found");
        assertThat(API.get(one).code()).isEqualTo("artifact_not_found");
        assertThat(API.get(one + "/content").code()).isEqualTo("artifact_not_found");
        assertThat(list(id)).hasSize(2);
    }

    @Test
    void hasNoneOfAnAgentThatThereIsNot() {
        TestingApi.Reply reply = API.get(path("ag_0000000000000000000001"));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("agent_not_found");
        String id = finished("say nothing", Map.of());
        assertThat(list(id)).isEmpty();
    }
}
