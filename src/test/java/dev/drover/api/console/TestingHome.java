package dev.drover.api.console;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A server with users of several kinds, and agents and runs that are written straight into its tables. */
final class TestingHome implements AutoCloseable {
    private final TestingApi api = new TestingApi(TestingPlane.start(Map.of("DROVER_MODEL", "offline")));
    private int port = 42_000;

    TestingHome() {
        api.plane().database().withoutReplay("rows that a test wrote");
    }

    TestingApi api() {
        return api;
    }

    /** The credential of a new user with an address at example.org. */
    String user(String name, String role) {
        UUID id = UUID.randomUUID();
        String email = name + "@example.org";
        sql(
                "insert into app_user (id, name, role, email, created_at) values (?, ?, ?, ?, now())",
                id,
                name,
                role,
                email);
        return credential(id, "api_key", null);
    }

    String credential(UUID user, String kind, @Nullable UUID agent) {
        String secret = kind + UUID.randomUUID();
        sql("""
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at, agent_id)
                values (?, ?, ?, ?, 'test', 'test', array['agents:read', 'agents:write'], now(), ?)
                """, UUID.randomUUID(), hash(secret), kind, user, agent);
        return secret;
    }

    UUID userId(String name) {
        return jdbi().withHandle(handle -> handle.createQuery("select id from app_user where name = ?")
                .bind(0, name)
                .mapTo(UUID.class)
                .one());
    }

    /** An agent without a run. */
    UUID agent(String name, String owner, String origin) {
        UUID id = UUID.randomUUID();
        sql(
                """
                insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                values (?, ?, ?, ?, ?, 'jettson-6.0', now(), 0)
                """,
                id,
                userId(owner),
                name,
                name.toLowerCase(Locale.ROOT) + "-" + id.toString().substring(0, 8),
                origin);
        return id;
    }

    /** A computer of an agent. */
    void machine(UUID agent, String state) {
        sql("""
                insert into machine (agent_id, host, ready, kind, runtime, tracks_branch, base_image, config, port, cpu,
                    memory, state, wanted, container, created_at, changed_at)
                values (?, 'elsewhere', true, 'business-assistant', 'claude-code', true, 'trinity-agent-base:latest',
                    '{}', ?, '2', '4g', ?, false, repeat('a', 64), now(), now())
                """, agent, port++, state);
    }

    /** A run that is over, as the first of its agent. */
    UUID ended(UUID agent, String status) {
        UUID id = UUID.randomUUID();
        sql("""
                insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer, error,
                    created_at, ended_at, worked_ms, input_tokens, output_tokens)
                select ?, id, owner_id, 1, 'test', 'do', 'iad', ?, 'destroyed',
                    case when ? = 'error' then 'model_unavailable' end, now(), now(), 3600000, 1000, 10
                from agent where id = ?
                """, id, status, status, agent);
        return id;
    }

    /** A run of a heartbeat that nobody works. */
    UUID heartbeat(UUID agent, String status) {
        UUID id = UUID.randomUUID();
        sql("""
                insert into heartbeat_run (id, agent_id, agent_name, adapter, source, status, holds_issue, scope, error,
                    loss_retries, node_id, started_at, finished_at, created_at, updated_at)
                select ?, id, name, 'process', 'on_demand', ?, false, 'none', 'it broke', 0,
                    (select id from node order by seen_at desc limit 1), now(),
                    case when ? = 'failed' then now() end, now(), now() from agent where id = ?
                """, id, status, status, agent);
        return id;
    }

    Reply get(String credential, String path) {
        return api.send(api.as(credential, path));
    }

    Jdbi jdbi() {
        return api.plane().database().database().jdbi();
    }

    void sql(String sql, @Nullable Object... values) {
        jdbi().useHandle(handle -> handle.execute(sql, values));
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
