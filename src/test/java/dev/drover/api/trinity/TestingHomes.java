package dev.drover.api.trinity;

import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with agents whose computers are on, and the folders of the host that are their homes. */
final class TestingHomes implements AutoCloseable {
    private final TestingPlane plane;
    private final TestingApi api;
    private final HttpClient http = HttpClient.newHttpClient();

    TestingHomes(Map<String, String> settings) {
        plane = TestingPlane.start(settings);
        api = new TestingApi(plane);
    }

    TestingApi api() {
        return api;
    }

    TestingPlane plane() {
        return plane;
    }

    /** A new agent that is on; its home on this host. */
    Path create(String name) {
        String id = api.post("/api/agents", "{\"name\":\"" + name + "\"}").text("id");
        if (id.isEmpty()) {
            throw new AssertionError("no agent was made");
        }
        return plane.data().resolve("computers").resolve(id).resolve("workspace");
    }

    static String files(String agent, String path) {
        return "/api/agents/" + agent + "/files?path=" + encoded(path);
    }

    static String download(String agent, String path) {
        return "/api/agents/" + agent + "/files/download?path=" + encoded(path);
    }

    static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    TestingApi.Reply put(String path, String body) {
        return api.send(api.as(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The credential of a new user, or of an agent of one. */
    String credential(String user, @Nullable String agent) {
        UUID id = UUID.randomUUID();
        sql("insert into app_user (id, name, role, created_at) values (?, ?, 'user', now())", id, user);
        String secret = "secret-" + UUID.randomUUID();
        sql("""
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at, agent_id)
                values (?, ?, 'api_key', ?, 'test', 'test', '{agents:read,agents:write}', now(),
                    (select id from agent where slug = ?))
                """, UUID.randomUUID(), hash(secret), id, agent);
        return secret;
    }

    void sql(String sql, @Nullable Object... values) {
        plane.database().database().jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        plane.close();
    }
}
