package dev.drover.api.trinity;

import static dev.drover.api.trinity.TestingHomes.files;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials in agents' homes: seen, injected, taken along in bundles. */
class TrinityCredentialsApiTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static TestingHomes homes;
    private static TestingApi api;

    @BeforeAll
    static void start() {
        homes = new TestingHomes(Map.of("DROVER_MODEL", "offline", "CREDENTIAL_ENCRYPTION_KEY", KEY));
        api = homes.api();
    }

    @AfterAll
    static void stop() {
        homes.close();
    }

    private static Reply inject(String agent, String body) {
        return api.post("/api/agents/" + agent + "/credentials/inject", body);
    }

    private static Reply act(String agent, String what) {
        return api.post("/api/agents/" + agent + "/credentials/" + what, "");
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void writesFilesForTheAgentAloneAndSkipsWhatLeadsOut() throws Exception {
        Path home = homes.create("injected");
        Files.createSymbolicLink(home.resolve("out"), home.resolve("../.."));

        Reply reply = inject("injected", """
                {"files": {".env": "# mine\\nA=1\\nB=two\\n", "../evil": "x", "out/evil": "x", "/etc/evil": "x",
                 "deep/er/key.pem": "k"}, "files_b64": {"blob": "AP8="}}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("status")).isEqualTo("success");
        assertThat(reply.json().path("files_written").toString()).isEqualTo("[\".env\",\"deep/er/key.pem\",\"blob\"]");
        assertThat(reply.json().path("files_skipped").toString()).isEqualTo("[\"../evil\",\"out/evil\",\"/etc/evil\"]");
        assertThat(reply.text("message")).contains("3 ").contains("injected");
        assertThat(Files.readAllBytes(home.resolve("blob"))).containsExactly(0, 255);
        assertThat(mode(home.resolve(".env"))).isEqualTo("rw-------");
        assertThat(mode(home.resolve("deep/er/key.pem"))).isEqualTo("rw-------");
        JsonNode status = api.get("/api/agents/injected/credentials/status").json();
        assertThat(status.path("agent_name").textValue()).isEqualTo("injected");
        assertThat(status.path("credential_count").intValue()).isEqualTo(2);
        assertThat(status.at("/files/.env/size").intValue()).isEqualTo(17);
        assertThat(status.at("/files/.env/modified").textValue()).endsWith("Z");
        assertThat(status.at("/files/.mcp.json").toString()).isEqualTo("{\"exists\":false}");
        assertThat(status.path("files")).hasSize(4);
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        homes.create("misfit");
        assertThat(inject("misfit", "{}").text("detail")).isEqualTo("No files provided for injection");
        assertThat(inject("misfit", "{\"files\":{}}").status()).isEqualTo(400);
        assertThat(inject("misfit", "{\"files\":{\"a\":1}}")
                        .json()
                        .at("/detail/0/loc")
                        .toString())
                .isEqualTo("[\"body\",\"files\",\"a\"]");
        assertThat(inject("misfit", "{\"files\":[]}").status()).isEqualTo(422);
        assertThat(inject("misfit", "{\"files_b64\":{\"a\":\"!\"}}").status()).isEqualTo(422);
        assertThat(inject("misfit", "{\"files\":{\"a\":\"" + "x".repeat(11 << 20) + "\"}}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void takesOnlyAnObjectAsServersAndKeepsThePlatformsOwn() throws Exception {
        Path home = homes.create("servers");
        Files.writeString(home.resolve(".mcp.json"), "{\"mcpServers\":{\"trinity\":{\"url\":\"p\"}}}");

        assertThat(inject("servers", "{\"files\":{\".mcp.json\":\"[]\",\"a\":\"x\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(home.resolve("a")).doesNotExist();
        assertThat(inject("servers", "{\"files\":{\"./.mcp.json\":\"{\\\"mcpServers\\\":{\\\"m\\\":{}}}\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(Files.readString(home.resolve(".mcp.json"))).contains("trinity", "\"m\"");
    }

    @Test
    void bringsBackTheSameBytes() throws Exception {
        Path home = homes.create("carrier");
        String variables = "A=\"ü €\"\nSECRET=do not lose\n";
        String servers = "{\"mcpServers\": {}}\n";
        Files.writeString(home.resolve(".env"), variables);
        Files.writeString(home.resolve(".mcp.json"), servers);

        Reply exported = act("carrier", "export");
        assertThat(exported.body())
                .isEqualTo("{\"status\":\"success\",\"encrypted_file\":\".credentials.enc\",\"files_exported\":2}");
        String bundle = Files.readString(home.resolve(".credentials.enc"));
        assertThat(bundle)
                .startsWith("{\n  \"version\": 1,\n  \"algorithm\": \"AES-256-GCM\",")
                .doesNotContain("lose");
        Files.writeString(home.resolve(".env"), "other");
        Files.delete(home.resolve(".mcp.json"));

        Reply imported = act("carrier", "import");
        assertThat(imported.json().path("files_imported").toString()).isEqualTo("[\".env\",\".mcp.json\"]");
        assertThat(Files.readString(home.resolve(".env"))).isEqualTo(variables);
        assertThat(Files.readString(home.resolve(".mcp.json"))).isEqualTo(servers);
    }

    @Test
    void importsAtStartAndSaysHowThatWent() throws Exception {
        Path home = homes.create("starter");
        assertThat(again("starter").path("credentials_result").toString())
                .isEqualTo("{\"status\":\"skipped\",\"reason\":\"no_credentials_enc_file\"}");
        Files.writeString(home.resolve(".env"), "A=1\n");
        act("starter", "export");
        Files.delete(home.resolve(".env"));

        JsonNode started = again("starter");
        assertThat(started.path("message").textValue()).isEqualTo("Agent starter started");
        assertThat(started.path("credentials_injection").textValue()).isEqualTo("success");
        assertThat(started.path("credentials_result").toString())
                .isEqualTo("{\"status\":\"success\",\"credential_count\":1,\"files\":[\".env\"]}");
        assertThat(Files.readString(home.resolve(".env"))).isEqualTo("A=1\n");

        Files.writeString(home.resolve(".credentials.enc"), "{\"version\":9}");
        JsonNode failed = again("starter");
        assertThat(failed.path("credentials_injection").textValue()).isEqualTo("failed");
        assertThat(failed.at("/credentials_result/error").textValue()).contains("version is 9");
        assertThat(api.get("/api/agents/starter").text("status")).isEqualTo("running");
    }

    private static JsonNode again(String agent) {
        api.post("/api/agents/" + agent + "/stop", "");
        return api.post("/api/agents/" + agent + "/start", "").json();
    }

    @Test
    void saysWhyABundleIsNotMadeOrNotOpened() throws Exception {
        Path home = homes.create("empty");
        assertThat(act("empty", "export").status()).isEqualTo(400);
        assertThat(act("empty", "import").status()).isEqualTo(400);
        for (String bundle : new String[] {"", "{}", "{\"version\":1,\"algorithm\":\"x\"}"}) {
            Files.writeString(home.resolve(".credentials.enc"), bundle);
            assertThat(act("empty", "import").status()).as(bundle).isEqualTo(400);
        }
        Files.write(home.resolve(".env"), new byte[] {(byte) 0xff});
        assertThat(act("empty", "export").text("detail")).contains(".env", "UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inject", "export", "import"})
    void needsARunningComputer(String what) {
        homes.create("off-" + what);
        api.post("/api/agents/off-" + what + "/stop", "");

        Reply reply = api.post("/api/agents/off-" + what + "/credentials/" + what, "{\"files\":{\"a\":\"b\"}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).contains("not running", "stopped");
        Reply status = api.get("/api/agents/off-" + what + "/credentials/status");
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.text("status")).isEqualTo("agent_not_running");
        assertThat(status.json().has("files")).isFalse();
    }

    @Test
    void givesTheKeyToAdministratorsAlone() {
        String stranger = homes.credential("curious", null);
        Reply key = api.get("/api/credentials/encryption-key");
        assertThat(key.text("key")).isEqualTo(KEY);
        assertThat(key.text("algorithm")).isEqualTo("AES-256-GCM");
        assertThat(key.json().has("key_format")).isTrue();
        assertThat(key.json().has("note")).isTrue();
        assertThat(api.send(api.as(stranger, "/api/credentials/encryption-key")).status())
                .isEqualTo(403);
        assertThat(api.send(api.to("/api/credentials/encryption-key")).status()).isEqualTo(401);
    }

    @Test
    void isTheOwnersAffair() {
        homes.create("owned");
        String agent = homes.credential("agents-user", "owned");
        for (String what : new String[] {"inject", "export", "import"}) {
            Reply refused = api.send(api.as(agent, "/api/agents/owned/credentials/" + what)
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("detail")).isEqualTo("Owner access required");
        }
        assertThat(api.send(api.as(agent, "/api/agents/owned/credentials/status"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void writesNoValueIntoTheBook() {
        homes.create("audited");
        inject("audited", "{\"files\":{\".env\":\"PASSWORD=hunter2hunter2\"}}");

        long told = homes.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from audit where detail like '%hunter2%' or target like '%hunter2%'")
                        .mapTo(Long.class)
                        .one());
        assertThat(told).isZero();
        assertThat(homes.put(files("audited", "x"), "{\"content\":\"\"}").status())
                .isEqualTo(200);
    }
}
