package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.Json;
import dev.drover.core.run.Entry;
import dev.drover.core.run.EventKind;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.testing.TestingPlane;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with people and runs, whose logs may be made longer than anybody works. */
public final class TestingRuns implements AutoCloseable {
    private static final String ALL_SCOPES =
            "{agents:read,agents:write,memory:read,memory:write,secrets:manage,webhooks:manage,keys:manage}";

    private final JacksonEventCodec codec = new JacksonEventCodec();
    private final Map<String, UUID> users = new HashMap<>();
    private final TestingApi api;

    TestingRuns() {
        this(TestingPlane.offline());
    }

    public TestingRuns(TestingPlane plane) {
        api = new TestingApi(plane);
    }

    public TestingApi api() {
        return api;
    }

    /** The credential of a new user with an address at example.org. */
    String user(String name, String role) {
        UUID id = UUID.randomUUID();
        users.put(name, id);
        sql(
                "insert into app_user (id, name, role, email, created_at) values (?, ?, ?, ?, now())",
                id,
                name,
                role,
                name + "@example.org");
        return credential(name, null);
    }

    String credential(String user, @Nullable UUID agent) {
        String secret = "key" + UUID.randomUUID();
        sql(
                """
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at, agent_id)
                values (?, ?, ?, ?, 'test', 'test', cast(? as text[]), now(), ?)
                """,
                UUID.randomUUID(),
                hash(secret),
                agent == null ? "api_key" : "agent_key",
                users.get(user),
                ALL_SCOPES,
                agent);
        return secret;
    }

    void share(UUID agent, String user) {
        sql(
                "insert into agent_share (agent_id, email, shared_by, created_at) values (?, ?, ?, now())",
                agent,
                user + "@example.org",
                users.get(user));
    }

    /** The operator's run of a task, when it is over. */
    public JsonNode done(String task) throws InterruptedException {
        return done(api.plane().operator(), task);
    }

    public JsonNode done(String credential, String task) throws InterruptedException {
        Reply spawned = api.spawn(credential, "{\"task\":" + Json.quote(task) + "}");
        String agent = spawned.text("agent_id");
        for (int i = 0; i < 600; i++) {
            JsonNode run = newest(credential, agent);
            if (run.path("ended_at").isTextual()) {
                return run;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not over: " + spawned.body());
    }

    public JsonNode newest(String credential, String agent) {
        Reply runs = api.send(api.as(credential, "/api/v1/runs?agent=" + agent));
        assertThat(runs.status()).as(runs.body()).isEqualTo(200);
        return runs.json().at("/data/0");
    }

    /** Puts entries into the log of a run that is over, ahead of its end. */
    public void lengthen(String run, List<Entry> entries) {
        UUID id = UUID.fromString(run);
        api.plane().database().madeUp(id);
        sql(
                "update run_event set seq = seq + ? where run_id = ? and kind in ('completed', 'failed', 'stopped')",
                entries.size(),
                id);
        List<String> kinds = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (Entry entry : entries) {
            kinds.add(EventKind.of(entry).word());
            payloads.add(codec.write(entry).text());
        }
        api.plane()
                .database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into run_event (run_id, seq, step, at, kind, label, payload)
                        select :run, (select max(seq) from run_event where run_id = :run
                                and kind not in ('completed', 'failed', 'stopped')) + e.place,
                            null, now(), e.kind, '', e.payload
                        from unnest(:kinds, :payloads) with ordinality as e (kind, payload, place)
                        """)
                        .bind("run", id)
                        .bindArray("kinds", String.class, kinds)
                        .bindArray("payloads", String.class, payloads)
                        .execute());
    }

    private void sql(String sql, @Nullable Object... values) {
        api.plane().database().database().jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
