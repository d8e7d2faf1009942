package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents that begin as a folder of the server's host. */
class TrinityBeginningsApiTest {
    private static TestingHomes homes;
    private static TestingApi api;
    private static Path templates;

    @BeforeAll
    static void start() throws IOException {
        homes = new TestingHomes(Map.of("DROVER_MODEL", "offline"));
        api = homes.api();
        templates = Files.createDirectory(homes.plane().data().resolve("templates"));
    }

    @AfterAll
    static void stop() {
        homes.close();
    }

    private static Path template(String name, String words) throws IOException {
        Path template = Files.createDirectories(templates.resolve(name));
        Files.writeString(template.resolve("template.yaml"), words);
        return template;
    }

    private static TestingApi.Reply create(String name, String more) {
        return api.post("/api/agents", "{\"name\":\"" + name + "\"" + more + "}");
    }

    private static Path home(TestingApi.Reply made) {
        return homes.plane()
                .data()
                .resolve("computers")
                .resolve(made.text("id"))
                .resolve("workspace");
    }

    private static String log(String agent) {
        return api.get("/api/agents/" + agent + "/logs").json().path("logs").textValue();
    }

    @Test
    void theFilesAreInTheHomeWhenTheAnswerComes() throws IOException {
        Path template = template("clerk", "name: clerk\ntagline: keeps books\n");
        Files.createDirectories(template.resolve("bin/deep"));
        Path tool = Files.writeString(template.resolve("bin/deep/run.sh"), "#!/bin/sh\necho hi\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(template.resolve("secret"), Path.of("/etc/passwd"));
        TestingApi.Reply made = create("bookkeeper", ",\"template\":\"local:clerk\"");
        assertThat(made.status()).isEqualTo(200);
        Path home = home(made);
        assertThat(home.resolve("bin/deep/run.sh"))
                .hasContent("#!/bin/sh\necho hi\n")
                .isExecutable();
        assertThat(home.resolve("template.yaml")).exists();
        assertThat(Files.isExecutable(home.resolve("template.yaml"))).isFalse();
        assertThat(Files.exists(home.resolve("secret"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        JsonNode info = api.get("/api/agents/bookkeeper/info").json();
        assertThat(info.path("has_template").booleanValue()).isTrue();
        assertThat(info.path("tagline").textValue()).isEqualTo("keeps books");
        assertThat(log("bookkeeper")).contains("began as local:clerk: 2 files");
    }

    @Test
    void itsWordsCountWhereTheRequestHasNone() throws IOException {
        template("analyst", """
                type: analyst
                runtime: codex
                resources: {cpu: 1, memory: 512m}
                tools: [filesystem, {name: browser}]
                mcp_servers: [ledger]
                avatar_prompt: A calm heron
                """);
        JsonNode made = create("by-template", ",\"template\":\"local:analyst\"").json();
        assertThat(made.path("type").textValue()).isEqualTo("analyst");
        assertThat(made.path("runtime").textValue()).isEqualTo("codex");
        assertThat(made.path("resources").toString()).isEqualTo("{\"cpu\":\"1\",\"memory\":\"512m\"}");
        assertThat(api.get("/api/agents/by-template/avatar/identity").body()).contains("A calm heron");
        String asked = ",\"template\":\"local:analyst\",\"type\":\"mine\",\"runtime\":\"claude-code\","
                + "\"resources\":{\"cpu\":\"2\"},\"tools\":[\"filesystem\"]";
        JsonNode own = create("by-request", asked).json();
        assertThat(own.path("type").textValue()).isEqualTo("mine");
        assertThat(own.path("runtime").textValue()).isEqualTo("claude-code");
        assertThat(own.path("resources").toString()).isEqualTo("{\"cpu\":\"2\",\"memory\":\"512m\"}");
    }

    @Test
    void brokenWordsAreToldInTheLogAndTheFilesAreThereAllTheSame() throws IOException {
        template("broken", "resources: {cpu: many}\n");
        TestingApi.Reply made = create("unbroken", ",\"template\":\"local:broken\"");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().path("resources").path("cpu").textValue()).isEqualTo("2");
        assertThat(home(made).resolve("template.yaml")).exists();
        assertThat(log("unbroken")).contains("template.yaml is left aside").contains("resources.cpu is 'many'");
    }

    @Test
    void oneThatIsNotThereIsNoError() throws IOException {
        Files.writeString(templates.resolve("stray.txt"), "not a template");
        assertThat(create("free", ",\"template\":\"local:nowhere\"").status()).isEqualTo(200);
        TestingApi.Reply dot = create("dotty", ",\"template\":\"local:.\"");
        assertThat(dot.status()).isEqualTo(200);
        assertThat(home(dot).resolve("stray.txt")).doesNotExist();
    }

    @Test
    void oneThatIsTooLargeIsRefusedAndNothingOfTheAgentStays() throws IOException {
        Path template = template("huge", "name: huge\n");
        try (var file = new RandomAccessFile(template.resolve("sparse").toFile(), "rw")) {
            file.setLength(101L << 20);
        }
        TestingApi.Reply refused = create("giant", ",\"template\":\"local:huge\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").textValue()).contains("10,000 files and 100 MB");
        assertThat(api.get("/api/agents/giant").status()).isEqualTo(404);
    }
}
