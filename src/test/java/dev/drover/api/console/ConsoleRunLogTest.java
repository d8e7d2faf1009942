package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Picture;
import dev.drover.core.run.Entry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsoleRunLogTest {
    private static final TestingRuns RUNS = new TestingRuns();
    private static final TestingApi SERVER = RUNS.api();

    @AfterAll
    static void close() {
        RUNS.close();
    }

    @Test
    void holdsEveryEventInOrderAndEndsWithTheEnd() throws InterruptedException {
        String run = run("$ echo one\n$ false");
        List<JsonNode> events = events(run, "?pieces=true");
        assertThat(events)
                .extracting(event -> event.path("seq").asInt())
                .startsWith(1, 2, 3)
                .doesNotHaveDuplicates();
        assertThat(events).hasSize(events.getLast().path("seq").asInt());
        assertThat(kinds(events))
                .contains("computer_opened", "model_called", "model_replied", "tool_called", "tool_returned")
                .endsWith("completed");
        JsonNode returned = of(events, "tool_returned").getFirst();
        assertThat(returned.at("/detail/output/stdout").asText()).isEqualTo("one\n");
        assertThat(returned.at("/detail/ms").isNumber()).isTrue();
        assertThat(of(events, "tool_called")
                        .getFirst()
                        .at("/detail/input/command")
                        .asText())
                .isEqualTo("echo one");
    }

    @Test
    void streamsWhatTheListShowsByteByByte() throws InterruptedException {
        String run = run("$ echo streamed");
        List<String> all =
                events(run, "?pieces=true").stream().map(JsonNode::toString).toList();
        assertThat(data(SERVER.get(run + "/stream"))).isEqualTo(all);
        assertThat(data(SERVER.get(run + "/stream?after=3"))).isEqualTo(all.subList(3, all.size()));
        Reply resumed = SERVER.send(SERVER.as(run + "/stream?after=1").header("Last-Event-ID", "4"));
        assertThat(data(resumed)).isEqualTo(all.subList(4, all.size()));
        assertThat(SERVER.get(run + "/stream?after=" + all.size()).status()).isEqualTo(204);
        assertThat(SERVER.get(run + "/stream?after=" + (all.size() + 1)).status())
                .isEqualTo(400);
    }

    @Test
    void leavesOutPiecesOfRepliesThatAreWhole() throws InterruptedException {
        String run = run("$ echo whole");
        assertThat(kinds(events(run, "?pieces=true"))).contains("model_delta");
        assertThat(kinds(events(run, ""))).doesNotContain("model_delta");
        RUNS.lengthen(id(run), List.of(new Entry.ModelSpoke(9, new Delta.Text("broken off"))));
        assertThat(of(events(run, ""), "model_delta"))
                .singleElement()
                .extracting(event -> event.at("/detail/text").asText())
                .isEqualTo("broken off");
    }

    @Test
    void pagesForwardsAndBackwards() throws InterruptedException {
        String run = run("$ echo paged");
        List<JsonNode> all = events(run, "?pieces=true");
        List<JsonNode> forwards = new ArrayList<>();
        String cursor = "0";
        while (!cursor.equals("null")) {
            JsonNode page = SERVER.get(run + "/events?pieces=true&limit=3&after=" + cursor)
                    .json();
            page.path("data").forEach(forwards::add);
            cursor = page.path("next_cursor").asText();
        }
        assertThat(forwards).isEqualTo(all);
        List<JsonNode> backwards = new ArrayList<>();
        cursor = "999999999";
        while (!cursor.equals("null")) {
            JsonNode page = SERVER.get(run + "/events?pieces=true&limit=3&before=" + cursor)
                    .json();
            backwards.addAll(0, page.path("data").valueStream().toList());
            cursor = page.path("next_cursor").asText();
        }
        assertThat(backwards).isEqualTo(all);
    }

    @Test
    void findsWhatWasSaidInAnyCaseAndSpelling() throws InterruptedException {
        String run = run("$ echo 'Grüße an \"Alle\" \\ überall'");
        for (String text : List.of("grÜße", "\"Alle\" \\", "an \"alle\"", "GRÜßE AN")) {
            assertThat(of(search(run, text), "tool_called")).as(text).hasSize(1);
        }
        for (String text : List.of("iteration", "callId", "nowhere to be found", "%", "shell%run")) {
            assertThat(kinds(search(run, text))).as(text).doesNotContain("tool_returned", "model_called");
        }
        assertThat(SERVER.get(run + "/events?text=" + "x".repeat(201)).status()).isEqualTo(400);
    }

    @Test
    void searchesALongLogToItsEnd() throws InterruptedException {
        String run = run("$ echo long");
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            entries.add(new Entry.Noted("remark " + i));
        }
        entries.add(new Entry.Noted("the needle"));
        RUNS.lengthen(id(run), entries);
        assertThat(search(run, "needle")).hasSize(1);
        assertThat(events(run, "?text=remark&limit=500")).hasSize(500);
        assertThat(events(run, "?before=99999&limit=1&text=remark")
                        .getFirst()
                        .at("/detail/text")
                        .asText())
                .isEqualTo("remark 8999");
    }

    @Test
    void cutsWhatIsLargeAndGivesItWhole() throws InterruptedException {
        String run = run("$ echo large");
        String stdout = "é<script>".repeat(600_000);
        Json output = new Json("{\"stdout\":" + Json.quote(stdout) + ",\"exit_code\":3}");
        RUNS.lengthen(id(run), List.of(new Entry.ToolReturned(1, "call", "shell_run", output, true, false, 12)));
        Reply listed = SERVER.get(run + "/events");
        assertThat(listed.body().length()).isLessThan(100_000);
        JsonNode returned = of(list(listed), "tool_returned").getLast();
        assertThat(returned.at("/detail/truncated").asBoolean()).isTrue();
        assertThat(returned.at("/detail/bytes").asLong()).isGreaterThan(5_000_000);
        assertThat(returned.at("/detail/output/stdout").asText()).startsWith("é<script>é");
        assertThat(returned.at("/detail/output/exit_code").asInt()).isEqualTo(3);
        String path = run + "/events/" + returned.path("seq").asText() + "/output";
        Reply whole = SERVER.get(path + "?field=stdout");
        assertThat(whole.body()).isEqualTo(stdout);
        assertThat(whole.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(whole.header("Content-Disposition")).startsWith("attachment");
        assertThat(whole.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(SERVER.get(path).body()).isEqualTo(output.text());
        assertThat(SERVER.get(path + "?field=nothing").status()).isEqualTo(404);
        JsonNode small = SERVER.get(run + "/events/" + returned.path("seq").asText() + "?cut=256")
                .json();
        assertThat(small.toString().length()).isLessThan(600);
    }

    @Test
    void showsPicturesAndNothingElseAsPictures() throws InterruptedException {
        String run = run("$ echo pictured");
        byte[] bytes = {(byte) 0x89, 'P', 'N', 'G'};
        String base64 = Base64.getEncoder().encodeToString(bytes);
        RUNS.lengthen(
                id(run),
                List.of(
                        new Entry.ToolShowed(1, "call", new Picture("image/png", base64)),
                        new Entry.ToolShowed(1, "call", new Picture("text/html", base64))));
        List<JsonNode> pictures = of(events(run, ""), "picture");
        Reply picture = SERVER.get(pictures.get(0).at("/detail/url").asText());
        assertThat(picture.header("Content-Type")).isEqualTo("image/png");
        assertThat(picture.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(SERVER.get(pictures.get(1).at("/detail/url").asText()).header("Content-Type"))
                .isEqualTo("application/octet-stream");
        assertThat(SERVER.get(run + "/events/1/picture").status()).isEqualTo(404);
        assertThat(SERVER.get(run + "/events/99999").status()).isEqualTo(404);
        assertThat(SERVER.get(run + "/events/x").status()).isEqualTo(404);
    }

    @Test
    void givesTheBytesOfWhatTheAgentLeft() throws InterruptedException {
        String run = run("WRITE artifacts/page.html: <script>alert(1)</script>");
        JsonNode artifact = SERVER.get(run).json().at("/artifacts/0");
        assertThat(artifact.path("path").asText()).isEqualTo("artifacts/page.html");
        Reply content =
                SERVER.get(run + "/artifacts/" + artifact.path("artifact_id").asText());
        assertThat(content.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(content.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(content.header("Content-Disposition")).startsWith("attachment");
        String other = run("$ echo other");
        assertThat(SERVER.get(other + "/artifacts/"
                                + artifact.path("artifact_id").asText())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesQueriesThatDoNotFit() throws InterruptedException {
        String run = run("$ echo refused");
        for (String query : List.of("kind=nothing", "kind=", "after=-1", "before=x", "limit=0", "cut=1", "cut=99999")) {
            Reply reply = SERVER.get(run + "/events?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
        }
        assertThat(SERVER.get("/api/v1/runs/nothing/events").status()).isEqualTo(404);
    }

    private static String run(String task) throws InterruptedException {
        return "/api/v1/runs/" + RUNS.done(task).path("id").asText();
    }

    private static String id(String run) {
        return run.substring("/api/v1/runs/".length());
    }

    private static List<JsonNode> search(String run, String text) {
        return events(run, "?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    /** The first page. */
    private static List<JsonNode> events(String run, String query) {
        return list(SERVER.get(run + "/events" + query));
    }

    private static List<JsonNode> list(Reply reply) {
        return reply.json().path("data").valueStream().toList();
    }

    private static List<JsonNode> of(List<JsonNode> events, String kind) {
        return events.stream()
                .filter(event -> event.path("kind").asText().equals(kind))
                .toList();
    }

    private static List<String> kinds(List<JsonNode> events) {
        return events.stream().map(event -> event.path("kind").asText()).toList();
    }

    private static List<String> data(Reply stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }
}
