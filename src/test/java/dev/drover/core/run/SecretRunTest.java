package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Planted secrets, and a run that says them in every way: they are found nowhere but where they belong. */
final class SecretRunTest {
    private static final String PLAIN = "canary-value-4711";
    private static final String ODD = "can\"ary\\odd-ö-4712";
    private static final String MULTILINE = "-----BEGIN-----\ncanary-line-4713\n-----END-----";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler listener = new Listener();
    private final CountingServer outside = new CountingServer();
    private Script script = Script.inOrder();
    private final ScriptedModelServer model = ScriptedModelServer.start(asked -> script.next(asked));
    private final TestingPlane plane = TestingPlane.start(Map.of(
            "DROVER_MODEL",
            "openai/scripted",
            "OPENAI_BASE_URL",
            model.baseUrl() + "/v1",
            "DROVER_EGRESS_ALLOW",
            outside.address()));
    private final TestingAgents agents = TestingAgents.of(plane);

    SecretRunTest() throws IOException {
        Logger.getLogger("").addHandler(listener);
        keep("PLAIN", PLAIN, "");
        keep("ODD", ODD, "");
        keep("LINES", MULTILINE, "");
        keep("ELSEWHERE", "canary-elsewhere-4714", ",\"hosts\":[\"api.example.com\"]");
    }

    @AfterEach
    void close() throws IOException {
        Logger.getLogger("").removeHandler(listener);
        plane.close();
        model.close();
        outside.close();
    }

    @Test
    void masksWhatARunEchoesInEveryWay() {
        script = Script.inOrder(
                shell("echo $PLAIN; echo \"$ODD\" >&2; echo \"$LINES\"; echo \"$PLAIN$PLAIN\""),
                shell("printf %s \"user:$PLAIN\" | base64; printf '{\"k\":\"%s\"}' \"$PLAIN\"; env"),
                shell("mkdir -p artifacts; echo x > artifacts/$PLAIN.txt; ls artifacts; echo $PLAIN > note; cat note"),
                Turn.call("jettson_files_read", "{\"path\":\"note\"}"),
                Turn.call("jettson_files_list", "{\"path\":\"artifacts\"}"),
                http("{{secret.PLAIN}}"),
                http("{{secret.ELSEWHERE}}"),
                Turn.call("jettson_" + PLAIN, "{}"),
                Turn.thinking("I know ", PLAIN.substring(0, 5), PLAIN.substring(5), " now")
                        .andText("Say ", PLAIN.substring(0, 9))
                        .andText(PLAIN.substring(9), " and ", ODD.substring(0, 6), ODD.substring(6), ".")
                        .slowly(Duration.ZERO, Duration.ofMillis(70)));
        String id = spawn("[\"PLAIN\",\"ODD\",\"LINES\",\"ELSEWHERE\"]");

        JsonNode agent = agents.destroyed(id);

        assertThat(agent.path("status").asText()).as(agent.toString()).isEqualTo("completed");
        assertThat(agent.path("final_result").asText()).isEqualTo("Say ***PLAIN*** and ***ODD***.");
        String log = agents.log(id).toString();
        assertThat(log).contains("***PLAIN***").contains("***LINES***");
        assertThat(log)
                .contains("Jettson HTTP rejected the request: the secret ELSEWHERE may not be sent to 127.0.0.1;"
                        + " it is for api.example.com");
        assertThat(outside.count("GET /" + PLAIN)).isEqualTo(1);
        assertThat(plane.get("/api/v1/agents/" + id + "/artifacts").body())
                .contains("artifacts/***PLAIN***.txt")
                .doesNotContain(PLAIN);
        assertNowhere(id);
    }

    @Test
    void masksAlikeAfterARestart() {
        AtomicInteger thirdTime = new AtomicInteger();
        script = asked -> switch (asked.turn()) {
            case 0 -> shell("echo $PLAIN > kept; echo $PLAIN");
            case 1 -> thirdTime.getAndIncrement() == 0 ? Turn.silence() : shell("cat kept; echo $PLAIN");
            default -> Turn.text("It was " + asked.lastToolResult());
        };
        String id = spawn("[\"PLAIN\"]");
        agents.awaitEvent(id, "tool_result");
        plane.restart();

        JsonNode agent = agents.finished(id);

        assertThat(agent.path("status").asText()).isEqualTo("completed");
        assertThat(agent.path("final_result").asText()).contains("***PLAIN***");
        assertNowhere(id);
    }

    @Test
    void seesOnlyWhatWasNamed() {
        script = Script.inOrder(shell("echo \"[$PLAIN][$ODD]\""), http("{{secret.ODD}}"), Turn.text("done"));
        String id = spawn("[\"PLAIN\"]");

        agents.finished(id);

        assertThat(agents.log(id).toString())
                .contains("[***PLAIN***][]")
                .contains("there is no secret ODD for this run; it has PLAIN");
    }

    @Test
    void usesWhatIsCurrentWhenItsComputerOpens() {
        script = Script.inOrder(Turn.text("done"));
        String id = spawn("[\"PLAIN\"]");
        agents.finished(id);

        HttpResponse<String> secret = plane.get("/api/v1/secrets/PLAIN");

        assertThat(secret.body()).doesNotContain("\"last_used_at\":null");
    }

    @Test
    void refusesASecretThatThereIsNot() {
        HttpResponse<String> answer =
                plane.post("/api/v1/agents", "{\"task\":\"t\",\"secrets\":[\"PLAIN\",\"MISSING\"]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"invalid_body\"")
                .contains("\"field\":\"secrets\"")
                .contains("MISSING");
    }

    private void assertNowhere(String id) {
        List<String> spellings = new ArrayList<>();
        for (String value : List.of(PLAIN, ODD, MULTILINE, "canary-line-4713", "canary-elsewhere-4714")) {
            String json = JsonNodeFactory.instance.textNode(value).toString();
            spellings.addAll(List.of(
                    value,
                    json.substring(1, json.length() - 1),
                    Base64.getEncoder().encodeToString(("user:" + value).getBytes(StandardCharsets.UTF_8)),
                    HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8))));
        }
        spellings.forEach(spelling -> {
            assertThat(tables()).doesNotContain(spelling);
            assertThat(agents.agent(id).toString()).doesNotContain(spelling);
            assertThat(agents.log(id).toString()).doesNotContain(spelling);
            assertThat(events(id)).doesNotContain(spelling);
            assertThat(model.asked().stream().map(Asked::body).map(JsonNode::toString))
                    .noneMatch(body -> body.contains(spelling));
            assertThat(String.join("\n", logged)).doesNotContain(spelling);
            assertThat(files()).noneMatch(file -> file.contains(spelling));
        });
        assertThat(spoken()).doesNotContain(PLAIN).doesNotContain(ODD);
    }

    /** Every row of every table as text. */
    private String tables() {
        return plane.database().database().jdbi().withHandle(handle -> {
            List<String> names = handle.createQuery("select tablename from pg_tables where schemaname = 'public'")
                    .mapTo(String.class)
                    .list();
            StringBuilder all = new StringBuilder();
            for (String name : names) {
                handle.createQuery("select t::text from \"" + name + "\" t")
                        .mapTo(String.class)
                        .forEach(row -> all.append(row.replace("\"\"", "\"").replace("\\\\", "\\"))
                                .append('\n'));
            }
            return all.toString();
        });
    }

    /** The pieces of replies, joined. */
    private String spoken() {
        return plane.database().database().jdbi().withHandle(handle -> {
            StringBuilder all = new StringBuilder();
            handle.createQuery("select payload from run_event where kind = 'model_spoke' order by run_id, seq")
                    .mapTo(String.class)
                    .forEach(payload -> all.append(textOf(payload)));
            return all.toString();
        });
    }

    private static String textOf(String payload) {
        try {
            return String.join("", JSON.readTree(payload).findValuesAsText("text"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String events(String id) {
        return plane.get("/api/v1/agents/" + id + "/events").body();
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(plane.data())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return file + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String name, String value, String more) {
        String body = "{\"value\":" + JsonNodeFactory.instance.textNode(value) + more + "}";
        HttpResponse<String> kept =
                plane.send(plane.request("/api/v1/secrets/" + name).PUT(BodyPublishers.ofString(body)));
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    }

    private String spawn(String secrets) {
        HttpResponse<String> answer =
                plane.post("/api/v1/agents", "{\"task\":\"use the secrets\",\"secrets\":" + secrets + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        try {
            return JSON.readTree(answer.body()).path("agent_id").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Turn shell(String command) {
        return Turn.call(
                "jettson_shell_run",
                JsonNodeFactory.instance.objectNode().put("command", command).toString());
    }

    private Turn http(String path) {
        return Turn.call(
                "jettson_http_request",
                "{\"method\":\"GET\",\"url\":\"http://" + outside.address() + "/" + path + "\"}");
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + Arrays.toString(entry.getParameters()) + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
