package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.id.Spelling;
import dev.drover.testing.RunningClock;
import dev.drover.testing.TestingDocuments;
import dev.drover.testing.TestingPlane;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class MakeContextsApiTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final RunningClock CLOCK = new RunningClock("2026-05-14T18:00:00Z");
    private static final TestingApi API = new TestingApi(TestingPlane.start(
            Map.of("DROVER_MODEL", "offline", "DROVER_CONTEXTS_PER_TEAM", "60"),
            CLOCK,
            host -> List.of(InetAddress.getAllByName(host))));
    private static final String PATH = "/api/v2/ai-agents/v1/contexts";
    private static final String TEAM = PATH + "?teamId=1";

    private final String agent = newAgent();

    @AfterAll
    static void close() {
        API.close();
    }

    private static String newAgent() {
        JsonNode spawned = API.post("/api/v1/agents", "{\"task\":\"done\",\"memory\":{\"extract\":false}}")
                .json();
        return Spelling.AGENT
                .read(spawned.path("agent_id").asText())
                .orElseThrow()
                .toString();
    }

    @Test
    void addsListsAndDeletes() {
        Reply added = upload("Price list.PDF", TestingDocuments.pdf("Prices of lamps", "Prices of chairs"));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        JsonNode context = added.json();
        assertThat(context.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "agentId", "documentName", "description", "createdAt", "metadata", "isTemporary");
        assertThat(Spelling.isUuid(context.path("id").asText())).isTrue();
        assertThat(context.path("agentId").asText()).isEqualTo(agent);
        assertThat(context.path("documentName").asText()).isEqualTo("Price list.PDF");
        assertThat(context.path("description").asText()).isEqualTo("Prices of lamps");
        assertThat(context.path("createdAt").asText()).matches("2026-05-14T18:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(context.path("metadata").toString()).isEqualTo("{\"type\":\"pdf\"}");
        assertThat(context.path("isTemporary").asBoolean(true)).isFalse();

        assertThat(list().toString()).isEqualTo("[" + context + "]");
        String one = PATH + "/" + context.path("id").asText() + "?teamId=1";
        Reply deleted = API.delete(one);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        Reply again = API.delete(one);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.json().path("code").asText()).isEqualTo("SC404");
        assertThat(list().toString()).isEqualTo("[]");
    }

    @Test
    void takesEveryTypeByItsBytes() {
        Map<String, byte[]> files = Map.of(
                "a.txt", bytes("plain"),
                "b.md", bytes("# heading"),
                "c.csv", bytes("a,b\n1,2"),
                "d.json", bytes("{\"a\":1}"),
                "e.pdf", TestingDocuments.pdf("page"),
                "f.docx", TestingDocuments.docx("paragraph"));
        files.forEach((name, content) -> {
            Reply reply = upload(name, content);
            assertThat(reply.status()).as(name + reply.body()).isEqualTo(201);
            assertThat(reply.json().at("/metadata/type").asText()).isEqualTo(name.substring(2));
        });
        assertRefused(upload("g.exe", bytes("text")), "file must be of a type that can be read, TXT, PDF");
        assertRefused(upload("noextension", bytes("text")), "file must be of a type");
        assertRefused(upload("a.pdf", bytes("text")), "file is no PDF");
        assertRefused(upload("a.txt", TestingDocuments.pdf("page")), "file is no TXT but a PDF");
        assertRefused(upload("a.json", bytes("{a}")), "file is no JSON");
        assertRefused(upload("scan.pdf", TestingDocuments.pdf("", "")), "file holds no text");
        assertRefused(upload("locked.pdf", TestingDocuments.lockedPdf("x", "y")), "file is protected by a password");
    }

    @Test
    void takesTextInJson() {
        JsonNode named = json("{\"agentId\":\"%s\",\"content\":\"{\\\"a\\\":1}\",\"name\":\"data.json\"}");
        assertThat(named.at("/metadata/type").asText()).isEqualTo("json");
        JsonNode plain = json("{\"agentId\":\"%s\",\"content\":\"Some notes\",\"name\":\"Größe (v1.2) a-b_c\"}");
        assertThat(plain.path("documentName").asText()).isEqualTo("Größe (v1.2) a-b_c");
        assertThat(plain.at("/metadata/type").asText()).isEqualTo("txt");
        JsonNode unnamed = json("{\"agentId\":\"%s\",\"content\":\"Some notes\",\"autosave\":\"true\",\"more\":1}");
        assertThat(unnamed.path("documentName").asText()).isEqualTo("content.txt");
        assertThat(unnamed.path("isTemporary").asBoolean(true)).isFalse();
        assertThat(json("{\"agentId\":\"%s\",\"content\":\"x\",\"name\":\"" + "n".repeat(120) + "\"}")
                        .path("documentName")
                        .asText())
                .hasSize(120);
        assertThat(json("{\"agentId\":\"%s\",\"content\":\"x\",\"autosave\":\"false\"}")
                        .path("isTemporary")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void refusesBodiesThatDoNotFit() {
        assertRefused(post("{}"), "agentId Required");
        assertRefused(post("{\"agentId\":\"x\",\"content\":\"y\"}"), "agentId must be a UUID");
        assertRefused(post("{\"agentId\":\"%s\"}"), "content Required");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":null}"), "content Required");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":\" \"}"), "content holds no text");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":7}"), "content must be a string");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":\"x\",\"autosave\":false}"), "autosave must be a string");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":\"x\",\"autosave\":\"no\"}"), "autosave must be");
        assertRefused(post("{\"agentId\":\"%s\",\"content\":\"x\",\"name\":\"a.pdf\"}"), "content is no PDF");
        for (String name : List.of("", " ", "a/b", "a&b", "a\\\"b", "n".repeat(121))) {
            assertRefused(post("{\"agentId\":\"%s\",\"content\":\"x\",\"name\":\"" + name + "\"}"), "name must have");
        }
        assertThat(post("nonsense").status()).isEqualTo(400);
        assertThat(post("[]").status()).isEqualTo(400);
        assertRefused(form("multipart/form-data; boundary=b", part("agentId", null, bytes(agent))), "file Required");
        assertRefused(form("multipart/form-data; boundary=b", part("file", "a.txt", bytes("x"))), "agentId Required");
        Reply cut = form("multipart/form-data; boundary=other", part("agentId", null, bytes(agent)));
        assertThat(cut.status()).as(cut.body()).isEqualTo(400);
        assertThat(form("multipart/form-data", part("agentId", null, bytes(agent)))
                        .status())
                .isEqualTo(400);
        assertThat(list().toString()).isEqualTo("[]");
    }

    @Test
    void keepsBytesAsTheyAre() {
        byte[] windows = "Preis: 10 €, Größe".getBytes(java.nio.charset.Charset.forName("windows-1252"));
        Reply added = upload("C:\\old folder\\Preis größe.txt", windows);
        assertThat(added.json().path("description").asText()).isEqualTo("Preis: 10 €, Größe");
        assertThat(added.json().path("documentName").asText()).isEqualTo("Preis größe.txt");
    }

    @Test
    void takesAFileAtTheLimitAndNoneAboveIt() {
        byte[] whole = bytes("word ".repeat(20 * MEBIBYTE / 5) + " ".repeat(20 * MEBIBYTE % 5));
        assertThat(whole).hasSize(20 * MEBIBYTE);
        Reply added = upload("whole.txt", whole);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        Reply more = upload("more.txt", bytes("x" + new String(whole, StandardCharsets.US_ASCII)));
        assertRefused(more, "file must be at most 20 MB (20971520 bytes), but is 20971521 bytes");
        assertRefused(upload("much.txt", new byte[30 * MEBIBYTE]), "file must be at most 20 MB");
        String content = new String(whole, StandardCharsets.US_ASCII);
        assertThat(post("{\"agentId\":\"%s\",\"content\":\"" + content + "\"}").status())
                .isEqualTo(201);
        assertRefused(post("{\"agentId\":\"%s\",\"content\":\"" + content + "x\"}"), "content must be at most 20 MB");
        for (JsonNode context : list()) {
            API.delete(PATH + "/" + context.path("id").asText() + "?teamId=1");
        }
    }

    @Test
    void refusesTheTwentyFirstFileOfAnAgent() {
        for (int i = 0; i < 20; i++) {
            assertThat(post("{\"agentId\":\"%s\",\"content\":\"x\"}").status()).isEqualTo(201);
        }
        assertRefused(
                post("{\"agentId\":\"%s\",\"content\":\"x\"}"), "agentId has 20 contexts, and an agent may have 20");
        for (JsonNode context : list()) {
            API.delete(PATH + "/" + context.path("id").asText() + "?teamId=1");
        }
    }

    @Test
    void asksForTeamAgentAndContext() {
        String body = "{\"agentId\":\"" + agent + "\",\"content\":\"x\"}";
        String unknown = UUID.randomUUID().toString();
        assertThat(API.send(API.to(TEAM).POST(HttpRequest.BodyPublishers.ofString(body)))
                        .status())
                .isEqualTo(401);
        assertRefused(API.post(PATH, body), "teamId Required");
        assertRefused(API.get(PATH + "?agentId=" + agent), "teamId Required");
        assertThat(API.post(PATH + "?teamId=99", body).status()).isEqualTo(403);
        assertThat(API.get(PATH + "?teamId=99&agentId=" + agent).status()).isEqualTo(403);
        assertThat(API.delete(PATH + "/" + unknown + "?teamId=99").status()).isEqualTo(403);
        assertRefused(API.get(TEAM), "agentId Required");
        assertRefused(API.get(TEAM + "&agentId=x"), "agentId must be a UUID");
        assertThat(API.get(TEAM + "&agentId=" + unknown).status()).isEqualTo(404);
        assertThat(API.post(TEAM, body.replace(agent, unknown)).status()).isEqualTo(404);
        assertThat(API.delete(PATH + "/x?teamId=1").status()).isEqualTo(400);
        assertThat(API.delete(PATH + "/" + unknown + "?teamId=1").status()).isEqualTo(404);
    }

    @Test
    void keepsFilesOverARestart() {
        json("{\"agentId\":\"%s\",\"content\":\"kept\"}");
        JsonNode before = list();
        API.plane().restart();
        assertThat(list()).isEqualTo(before);
    }

    private JsonNode list() {
        Reply reply = API.get(TEAM + "&agentId=" + agent);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private Reply post(String body) {
        return API.post(TEAM, body.replace("%s", agent));
    }

    private JsonNode json(String body) {
        Reply reply = post(body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json();
    }

    private Reply upload(String fileName, byte[] content) {
        return form(
                "multipart/form-data; boundary=b",
                part("agentId", null, bytes(agent)),
                part("file", fileName, content));
    }

    private static Reply form(String type, byte[]... parts) {
        List<byte[]> all = new ArrayList<>(List.of(parts));
        all.add(bytes("--b--\r\n"));
        return API.send(API.as(TEAM).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArrays(all)));
    }

    private static byte[] part(String name, @org.jspecify.annotations.Nullable String fileName, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes("--b\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (fileName == null ? "" : "; filename=\"" + fileName + "\"\r\nContent-Type: application/octet-stream")
                + "\r\n\r\n"));
        out.writeBytes(content);
        out.writeBytes(bytes("\r\n"));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(Reply reply, String message) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC400");
        assertThat(reply.json().at("/suberrors/0/message").asText()).startsWith(message);
    }
}
