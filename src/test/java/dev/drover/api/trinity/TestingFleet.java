package dev.drover.api.trinity;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with people of several kinds and agents of theirs, whose computers are off. */
final class TestingFleet implements AutoCloseable {
    private static final String ALL_SCOPES =
            "{agents:read,agents:write,memory:read,memory:write,secrets:manage,webhooks:manage,keys:manage}";

    private final TestingApi api;
    private final Map<String, UUID> users = new HashMap<>();
    private final Map<String, UUID> agents = new HashMap<>();
    private int port = 40_000;

    TestingFleet() {
        this(Map.of("DROVER_MODEL", "offline"));
    }

    TestingFleet(Map<String, String> settings) {
        api = new TestingApi(TestingPlane.start(settings));
    }

    TestingApi api() {
        return api;
    }

    /** The credential of a new user with an address at example.org. */
    String user(String name, String role) {
        UUID id = UUID.randomUUID();
        sql(
                "insert into app_user (id, name, role, email, created_at) values (?, ?, ?, ?, now())",
                id,
                name,
                role,
                name + "@example.org");
        users.put(name, id);
        return credential(name, "api_key", null);
    }

    String credential(String user, String kind, @Nullable String agent) {
        String secret = kind + UUID.randomUUID();
        sql(
                """
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at, agent_id)
                values (?, ?, ?, ?, 'test', 'test', cast(? as text[]), now(), ?)
                """,
                UUID.randomUUID(),
                hash(secret),
                kind,
                userId(user),
                ALL_SCOPES,
                agent == null ? null : agentId(agent));
        return secret;
    }

    /** An agent of a user, with a machine that was never on. */
    void agent(String name, String owner) {
        UUID id = UUID.randomUUID();
        agents.put(name, id);
        sql("""
                insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                values (?, ?, ?, ?, 'trinity', 'default', now(), 0)
                """, id, userId(owner), name, name);
        sql("""
                insert into machine (agent_id, host, ready, kind, runtime, tracks_branch, base_image, config, port, cpu,
                    memory, state, wanted, container, created_at, changed_at)
                values (?, 'elsewhere', true, 'business-assistant', 'claude-code', true, 'trinity-agent-base:latest',
                    '{}', ?, '2', '4g', 'stopped', false, repeat('a', 64), now(), now())
                """, id, port++);
    }

    UUID userId(String name) {
        return Objects.requireNonNull(users.get(name), name);
    }

    UUID agentId(String name) {
        return Objects.requireNonNull(agents.get(name), name);
    }

    Reply get(String credential, String path) {
        return api.send(api.as(credential, path));
    }

    Reply send(String credential, String method, String path, String body) {
        return api.send(api.as(credential, path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A file in the data folder of the server. */
    void write(String path, String text) {
        try {
            Path file = api.plane().data().resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sql(String sql, @Nullable Object... values) {
        api.plane().database().database().jdbi().useHandle(handle -> handle.execute(sql, values));
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
        api.close();
    }
}
