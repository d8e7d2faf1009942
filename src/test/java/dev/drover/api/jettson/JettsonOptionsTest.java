package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.TestingApi;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every spawn option at its limits (contract, section 13.6). */
class JettsonOptionsTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static TestingApi api;

    @BeforeAll
    static void open() {
        api = new TestingApi(Map.of("DROVER_MODEL", "offline", "DROVER_PLAN", "scale"));
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static TestingApi.Reply spawn(Consumer<ObjectNode> options) {
        ObjectNode body = MAPPER.createObjectNode().put("task", "say hello");
        options.accept(body);
        return api.post("/api/v1/agents", body.toString());
    }

    private static void accepts(Consumer<ObjectNode> options) {
        TestingApi.Reply reply = spawn(options);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    }

    private static void refuses(String field, Consumer<ObjectNode> options) {
        TestingApi.Reply reply = spawn(options);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("code").asText()).isEqualTo("invalid_body");
        assertThat(error.path("details").path("field").asText()).isEqualTo(field);
        assertThat(error.path("details").path("reason").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model | 7",
                "model | \"gpt\"",
                "max_duration_seconds | \"60\"",
                "max_duration_seconds | 0",
                "max_duration_seconds | 14401",
                "max_duration_seconds | 1.5",
                "max_iterations | 0",
                "max_iterations | 1001",
                "max_iterations | 99999999999",
                "tools | \"shell_run\"",
                "tools | [7]",
                "tools | [\"shell_run\",\"no_such_*\"]",
                "network | \"some\"",
                "network | 7",
                "network | {}",
                "network | {\"allow\":[\"http://example.com\"]}",
                "network | {\"allow\":[\"a.*.example\"]}",
                "result_schema | \"object\"",
                "result_schema | {\"type\":\"no such type\"}",
                "result_schema | {\"properties\":7}",
                "result_schema | {\"pattern\":\"(\"}",
                "result_schema | {\"$ref\":\"#/$defs/missing\"}",
                "result_schema | {\"$ref\":\"https://example.com/schema\"}",
                "memory | true",
                "memory | {\"recall\":\"no\"}",
                "memory | {\"namespace\":\"\"}",
                "metadata | []",
                "metadata | {\"a\":1}",
                "metadata | {\"a\":null}",
                "metadata | {\"\":\"b\"}",
                "files | {}",
                "files | [{}]",
                "files | [{\"path\":\"a\"}]",
                "files | [{\"path\":\"a\",\"content\":\"b\",\"content_base64\":\"Yg==\"}]",
                "files | [{\"path\":\"a\",\"content_base64\":\"?\"}]",
                "files | [{\"path\":\"a\",\"artifact_id\":\"art_0\"}]",
                "files | [{\"path\":\"../a\",\"content\":\"b\"}]",
                "files | [{\"path\":\"/tmp/a\",\"content\":\"b\"}]",
                "files | [{\"path\":\"a/../..\",\"content\":\"b\"}]",
                "files | [{\"path\":\"/workspace\",\"content\":\"b\"}]",
                "files | [{\"path\":\"a/\",\"content\":\"b\"}]",
                "files | [{\"path\":\"\",\"content\":\"b\"}]",
                "secrets | [\"lower\"]",
                "artifacts | [\"../*\"]",
                "artifacts | [\"/etc/*\"]",
                "artifacts | [\"[\"]",
                "webhook_url | \"example\"",
                "webhook_url | \"ftp://example.com/\""
            })
    void refusesWhatDoesNotFitAndNamesTheField(String field, String value) throws Exception {
        JsonNode wrong = MAPPER.readTree(value);
        refuses(field, body -> body.set(field, wrong));
    }

    @Test
    void takesLimitsAndRefusesOneMore() {
        accepts(body -> body.put("max_duration_seconds", 14_400));
        accepts(body -> body.put("max_iterations", 1_000));
        accepts(body -> metadata(body, 16, 40, 500));
        refuses("metadata", body -> metadata(body, 17, 40, 500));
        refuses("metadata", body -> metadata(body, 1, 41, 1));
        refuses("metadata", body -> metadata(body, 1, 1, 501));
        accepts(body -> files(body, 50));
        refuses("files", body -> files(body, 51));
        accepts(body -> artifacts(body, 20));
        refuses("artifacts", body -> artifacts(body, 21));
        accepts(body -> body.putObject("memory").put("namespace", "n".repeat(64)));
        refuses("memory", body -> body.putObject("memory").put("namespace", "n".repeat(65)));
        accepts(body -> schema(body, 65_536));
        refuses("result_schema", body -> schema(body, 65_537));
    }

    @Test
    void takesToolsWithAndWithoutPrefixAndWildcards() {
        accepts(body ->
                body.putArray("tools").add("jettson_shell_run").add("files_*").add("*request"));
        accepts(body -> body.putArray("tools").add("*"));
        accepts(body -> body.putArray("tools"));
    }

    @Test
    void takesEveryKindOfNetwork() {
        accepts(body -> body.put("network", "full"));
        accepts(body -> body.put("network", "none"));
        accepts(body ->
                body.putObject("network").putArray("allow").add("example.com").add("*.example.com"));
    }

    @Test
    void wantsTheAddressOfAWebhookBeforeAnythingElseOfIt() {
        refuses("webhook_url", body -> body.putArray("webhook_events").add("*"));
        refuses(
                "webhook_events",
                body -> body.put("webhook_url", "https://example.com/")
                        .putArray("webhook_events")
                        .add("agent.born"));
        refuses(
                "webhook_secret",
                body -> body.put("webhook_url", "https://example.com/").put("webhook_secret", "whsec_short"));
    }

    @Test
    void takesAnExplicitNullAsLeftOut() {
        accepts(body -> {
            for (String field : new String[] {
                "model", "max_duration_seconds", "max_iterations", "tools", "network", "result_schema", "memory",
                "metadata", "files", "secrets", "artifacts", "webhook_url", "webhook_events", "webhook_secret"
            }) {
                body.putNull(field);
            }
        });
    }

    private static void metadata(ObjectNode body, int keys, int key, int value) {
        ObjectNode metadata = body.putObject("metadata");
        IntStream.range(0, keys).forEach(i -> metadata.put(("%0" + key + "d").formatted(i), "v".repeat(value)));
    }

    private static void files(ObjectNode body, int count) {
        ArrayNode files = body.putArray("files");
        IntStream.range(0, count)
                .forEach(i -> files.addObject().put("path", "f" + i).put("content", "x"));
    }

    private static void artifacts(ObjectNode body, int count) {
        ArrayNode globs = body.putArray("artifacts");
        IntStream.range(0, count).forEach(i -> globs.add("out/*." + i));
    }

    private static void schema(ObjectNode body, int bytes) {
        ObjectNode schema = MAPPER.createObjectNode().put("description", "");
        int rest = bytes - schema.toString().length();
        body.set("result_schema", schema.put("description", "d".repeat(rest)));
    }
}
