package dev.drover.api.trinity;

import static dev.drover.api.trinity.TestingHomes.download;
import static dev.drover.api.trinity.TestingHomes.files;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in agents' homes: listed, sent, written, deleted. */
class TrinityFilesApiTest {
    private static final int LARGEST = 120 << 20;

    private static TestingHomes homes;
    private static TestingApi api;
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        homes = new TestingHomes(Map.of("DROVER_MODEL", "offline", "MAX_DOWNLOAD_BYTES", String.valueOf(LARGEST)));
        api = homes.api();
        home = homes.create("ledger");
        Files.createDirectories(home.resolve("notes"));
        Files.writeString(home.resolve("notes/a.md"), "twelve bytes");
        Files.writeString(home.resolve("todo.txt"), "0123456789");
        Files.writeString(home.resolve(".env"), "A=1");
        Files.createSymbolicLink(home.resolve("out"), home.resolve("../.."));
    }

    @AfterAll
    static void stop() {
        homes.close();
    }

    @Test
    void listsTheHomeAsATree() {
        homes.create("lister");
        assertThat(homes.put(files("lister", "notes/a.md"), "{\"content\":\"twelve bytes\"}")
                        .status())
                .isEqualTo(200);
        assertThat(homes.put(files("lister", "B.txt"), "{\"content\":\"\"}").status())
                .isEqualTo(200);
        assertThat(homes.put(files("lister", ".x"), "{\"content\":\"\"}").status())
                .isEqualTo(200);

        JsonNode tree = api.get("/api/agents/lister/files").json();

        assertThat(tree.path("base_path").textValue()).isEqualTo("/home/developer");
        assertThat(tree.path("requested_path").textValue()).isEqualTo(".");
        assertThat(tree.path("total_files").intValue()).isEqualTo(2);
        assertThat(tree.path("show_hidden").booleanValue()).isFalse();
        assertThat(tree.has("truncated")).isFalse();
        JsonNode folder = tree.at("/tree/0");
        assertThat(folder.path("type").textValue()).isEqualTo("directory");
        assertThat(folder.path("file_count").intValue()).isEqualTo(1);
        assertThat(folder.has("size")).isFalse();
        JsonNode file = folder.at("/children/0");
        assertThat(file.path("path").textValue()).isEqualTo("notes/a.md");
        assertThat(file.path("size").intValue()).isEqualTo(12);
        assertThat(file.path("modified").textValue()).matches("\\d{4}-.*\\.\\d{3}Z");
        assertThat(file.has("children")).isFalse();
        assertThat(api.get("/api/agents/lister/files?show_hidden=yes")
                        .json()
                        .path("total_files")
                        .intValue())
                .isEqualTo(3);
        assertThat(api.get("/api/agents/lister/files?depth=1").json().at("/tree/0/children"))
                .isEmpty();
        assertThat(api.get(files("lister", "notes"))
                        .json()
                        .path("requested_path")
                        .textValue())
                .isEqualTo("notes");
    }

    @ParameterizedTest
    @CsvSource({
        "..,403",
        "/etc,403",
        "/home/developer2,403",
        "out,403",
        "out/computers,403",
        "none,404",
        "none/x,404",
        "todo.txt,400"
    })
    void saysWhyAFolderIsNotListed(String path, int status) {
        Reply reply = api.get(files("ledger", path));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("detail")).startsWith("Failed to list files: ");
        assertThat(reply.body()).doesNotContain("/proc/", home.toString());
    }

    @Test
    void refusesAQueryThatDoesNotFit() {
        assertThat(api.get("/api/agents/ledger/files?show_hidden=maybe").status())
                .isEqualTo(422);
        assertThat(api.get("/api/agents/ledger/files?depth=x").status()).isEqualTo(422);
        assertThat(api.get("/api/agents/ledger/files?depth=0").status()).isEqualTo(400);
        assertThat(api.get("/api/agents/ledger/files/download").status()).isEqualTo(422);
        assertThat(api.get("/api/agents/ledger/files/preview").status()).isEqualTo(422);
    }

    @Test
    void sendsTheExactBytes() throws Exception {
        byte[] random = new byte[300_000];
        new Random(1).nextBytes(random);
        Files.write(home.resolve("random.bin"), random);

        HttpResponse<byte[]> sent = homes.bytes(api.as(download("ledger", "random.bin")));

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.body()).isEqualTo(random);
        assertThat(sent.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(sent.headers().firstValueAsLong("Content-Length")).hasValue(random.length);
        assertThat(sent.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"random.bin\"; filename*=UTF-8''random.bin");
    }

    @Test
    void tellsTextFromBytesByAllOfTheFile() throws Exception {
        String long_ = "ü€😀".repeat(30_000);
        Files.writeString(home.resolve("text"), long_);
        Files.write(home.resolve("almost"), (long_ + "x").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        Files.write(home.resolve("cut"), new byte[] {'a', (byte) 0xe2, (byte) 0x82});
        Files.createFile(home.resolve("empty"));

        assertThat(type(download("ledger", "text"))).isEqualTo("text/plain; charset=utf-8");
        assertThat(homes.bytes(api.as(download("ledger", "text"))).body()).hasSize(270_000);
        assertThat(type(download("ledger", "empty"))).isEqualTo("text/plain; charset=utf-8");
        assertThat(type(download("ledger", "cut"))).isEqualTo("application/octet-stream");
        assertThat(type("/api/agents/ledger/files/preview?path=todo.txt")).isEqualTo("text/plain");
        assertThat(type("/api/agents/ledger/files/preview?path=empty")).isEqualTo("application/octet-stream");
    }

    private static String type(String path) {
        return homes.bytes(api.as(path)).headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void sendsARange() {
        Reply part = api.send(api.as(download("ledger", "todo.txt")).header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(api.send(api.as(download("ledger", "todo.txt")).header("Range", "bytes=-3"))
                        .body())
                .isEqualTo("789");
        Reply outside = api.send(api.as(download("ledger", "todo.txt")).header("Range", "bytes=10-"));
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.header("Content-Range")).isEqualTo("bytes */10");
        Reply head =
                api.send(api.as(download("ledger", "todo.txt")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("10");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void takesPathsByTheNameThatTheHomeHasInside() {
        for (String path : new String[] {"/home/developer/todo.txt", "/workspace/todo.txt", "notes/../todo.txt"}) {
            assertThat(api.get(download("ledger", path)).body()).as(path).isEqualTo("0123456789");
        }
        assertThat(api.get(files("ledger", "/home/developer/notes")).text("requested_path"))
                .isEqualTo("notes");
    }

    @ParameterizedTest
    @CsvSource({"../../root.key,403", "/etc/passwd,403", "out/root.key,403", "none,404", "notes,400", "'',400"})
    void saysWhyAFileIsNotSent(String path, int status) {
        Reply reply = api.get(download("ledger", path));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("detail")).startsWith("Failed to download file: ");
        Reply preview = api.get(download("ledger", path).replace("download?", "preview?"));
        assertThat(preview.status()).isEqualTo(status);
        assertThat(preview.text("detail")).doesNotStartWith("Failed");
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(home.resolve("huge").toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        Reply reply = api.get(download("ledger", "huge"));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text("detail")).contains("huge", "1073741824", String.valueOf(LARGEST));
    }

    @Test
    void keepsTheHeapFlatWhileItSendsAHundredMegabytes() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(home.resolve("hundred").toFile(), "rw")) {
            file.setLength(100 << 20);
        }
        Runtime.getRuntime().gc();
        long before = used();

        HttpResponse<InputStream> sent = HttpClient.newHttpClient()
                .send(api.as(download("ledger", "hundred")).build(), HttpResponse.BodyHandlers.ofInputStream());
        long count = 0;
        try (InputStream in = sent.body()) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                count += read;
                if (count % (32 << 20) < piece.length) {
                    Runtime.getRuntime().gc();
                    assertThat(used() - before).isLessThan(48L << 20);
                }
            }
        }
        assertThat(count).isEqualTo(100 << 20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void writesAndDeletes() {
        homes.create("writer");
        Reply put = homes.put(files("writer", "a/b/c.txt"), "{\"content\":\"grüße\"}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("success").booleanValue()).isTrue();
        assertThat(put.text("path")).isEqualTo("a/b/c.txt");
        assertThat(put.json().path("size").intValue()).isEqualTo(7);
        assertThat(put.text("modified")).endsWith("Z");
        assertThat(api.get(download("writer", "a/b/c.txt")).body()).isEqualTo("grüße");

        Reply file = api.delete(files("writer", "a/b/c.txt"));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.text("deleted")).isEqualTo("a/b/c.txt");
        assertThat(file.text("type")).isEqualTo("file");
        Reply folder = api.delete(files("writer", "a"));
        assertThat(folder.text("type")).isEqualTo("directory");
        assertThat(folder.json().path("file_count").intValue()).isZero();
        assertThat(api.delete(files("writer", "a")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {".trinity/x", ".git/config", ".gitignore", ".env", ".mcp.json.template", "deep/.env"})
    void protectsNames(String path) {
        Reply put = homes.put(files("ledger", path), "{\"content\":\"x\"}");
        assertThat(put.status()).isEqualTo(403);
        assertThat(put.text("detail")).contains("protected");
        if (path.equals(".env")) {
            assertThat(api.delete(files("ledger", path)).status()).isEqualTo(403);
        }
    }

    @Test
    void protectsTheAgentsOwnInstructionsFromDeletionOnly() throws Exception {
        assertThat(homes.put(files("ledger", "CLAUDE.md"), "{\"content\":\"x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(homes.put(files("ledger", ".mcp.json"), "{\"content\":\"{}\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api.delete(files("ledger", "CLAUDE.md")).status()).isEqualTo(403);
        assertThat(api.delete(files("ledger", ".mcp.json")).status()).isEqualTo(403);
        Files.createSymbolicLink(home.resolve("innocent"), Path.of(".env"));
        assertThat(homes.put(files("ledger", "innocent"), "{\"content\":\"x\"}").status())
                .isEqualTo(403);
        for (String self : new String[] {".", "notes/.."}) {
            assertThat(api.delete(files("ledger", self)).status()).as(self).isEqualTo(403);
        }
        assertThat(home.resolve("todo.txt")).exists();
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        assertThat(homes.put(files("ledger", "x"), "{}").status()).isEqualTo(422);
        assertThat(homes.put(files("ledger", "x"), "{\"content\":1}").status()).isEqualTo(422);
        assertThat(homes.put("/api/agents/ledger/files", "{\"content\":\"\"}").status())
                .isEqualTo(422);
        assertThat(homes.put(files("ledger", "notes"), "{\"content\":\"\"}").status())
                .isEqualTo(400);
        assertThat(homes.put(files("ledger", "../x"), "{\"content\":\"\"}").status())
                .isEqualTo(403);
        assertThat(homes.put(files("ledger", "x"), "{\"content\":\"" + "x".repeat(9 << 20) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(homes.put(files("ledger", "x"), "{\"content\":\"" + "x".repeat(11 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void needsARunningComputerAndARight() {
        homes.create("sleeper");
        api.post("/api/agents/sleeper/stop", "");
        for (String path : new String[] {"/files", "/files/download?path=x", "/files/preview?path=x"}) {
            Reply off = api.get("/api/agents/sleeper" + path);
            assertThat(off.status()).isEqualTo(400);
            assertThat(off.text("detail")).isEqualTo("Agent is not running");
        }
        String stranger = homes.credential("stranger", null);
        assertThat(api.send(api.as(stranger, "/api/agents/ledger/files")).text("detail"))
                .isEqualTo("Access denied to agent");
        assertThat(api.get("/api/agents/nobody/files").text("detail")).isEqualTo("Agent not found");
        assertThat(api.send(api.to("/api/agents/ledger/files")).status()).isEqualTo(401);
    }

    @Test
    void holdsAReadOnlyAgentToItsModeButNobodyElse() {
        homes.create("careful");
        homes.sql("update machine set read_only = true where agent_id = (select id from agent where slug = 'careful')");
        String own = homes.credential("its-user", "careful");

        Reply refused = api.send(api.as(own, files("careful", "main.py"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"content\":\"\"}")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).contains("main.py", "read-only", "output/*");
        assertThat(api.send(api.as(own, files("careful", "output/x.py"))
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"content\":\"\"}")))
                        .status())
                .isEqualTo(200);
        assertThat(homes.put(files("careful", "main.py"), "{\"content\":\"\"}").status())
                .isEqualTo(200);
        assertThat(api.send(api.as(own, files("careful", "main.py")).DELETE()).status())
                .isEqualTo(403);
    }
}
