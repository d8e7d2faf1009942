package dev.drover.core.webhook;

import dev.drover.core.credential.Sealed;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunWebhook.Form;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code webhook}: those of accounts, and those that a run brought along. */
public final class WebhookStore {
    private final Jdbi jdbi;

    public WebhookStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Until the transaction ends nobody else adds webhooks to the account, so that they can be counted. */
    void lock(UserId owner) {
        jdbi.useHandle(handle -> handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 7)) is null")
                .bind("owner", owner.toString())
                .mapTo(Boolean.class)
                .one());
    }

    int count(UserId owner) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from webhook where owner_id = :owner and run_id is null")
                        .bind("owner", owner.value())
                        .mapTo(Integer.class)
                        .one());
    }

    boolean any() {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from webhook)")
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Keeps a hook.
     *
     * @param run null for the account's own
     * @param secret null when nothing signs
     */
    void insert(Webhook hook, UserId owner, @Nullable RunId run, Form form, @Nullable Sealed secret) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into webhook (id, owner_id, run_id, form, url, events, description, enabled, secret,
                            key_id, created_at, updated_at)
                        values (:id, :owner, cast(:run as uuid), :form, :url, :events, :description, :enabled,
                            cast(:secret as bytea), :keyId, :at, :at)
                        """)
                .bind("id", hook.id().value())
                .bind("owner", owner.value())
                .bind("run", run == null ? null : run.value())
                .bind("form", form.name().toLowerCase(Locale.ROOT))
                .bind("url", hook.url())
                .bindArray("events", String.class, hook.events())
                .bind("description", hook.description())
                .bind("enabled", hook.enabled())
                .bind("secret", secret == null ? null : secret.bytes())
                .bind("keyId", secret == null ? null : secret.keyId())
                .bind("at", hook.createdAt())
                .execute());
    }

    Optional<Webhook> find(UserId owner, WebhookId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from webhook where id = :id and owner_id = :owner and run_id is null")
                .bind("id", id.value())
                .bind("owner", owner.value())
                .map(WebhookStore::webhook)
                .findOne());
    }

    /** Newest first. */
    List<Webhook> list(UserId owner, int limit, @Nullable WebhookId after) {
        String page = after == null ? "" : " and id < :after";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("select * from webhook where owner_id = :owner and run_id is null" + page
                            + " order by id desc limit :limit")
                    .bind("owner", owner.value())
                    .bind("limit", limit);
            return (after == null ? query : query.bind("after", after.value()))
                    .map(WebhookStore::webhook)
                    .list();
        });
    }

    /** What a person changed; a reason to be disabled is forgotten by whoever enables it. */
    void change(Webhook changed) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update webhook set url = :url, events = :events, description = :description,
                            enabled = :enabled, disabled_reason = :reason, updated_at = :at,
                            failing_since = case when :enabled and not enabled then null else failing_since end
                        where id = :id
                        """)
                .bind("id", changed.id().value())
                .bind("url", changed.url())
                .bindArray("events", String.class, changed.events())
                .bind("description", changed.description())
                .bind("enabled", changed.enabled())
                .bind("reason", changed.disabledReason())
                .bind("at", changed.updatedAt())
                .execute());
    }

    void rotate(WebhookId id, Sealed secret, Instant oldUntil, Instant now) {
        jdbi.useHandle(handle -> handle.execute("""
                update webhook set old_secret = secret, old_key_id = key_id, old_until = ?, secret = ?, key_id = ?,
                    updated_at = ?
                where id = ?
                """, oldUntil, secret.bytes(), secret.keyId(), now, id.value()));
    }

    boolean delete(UserId owner, WebhookId id) {
        return jdbi.withHandle(handle -> handle.execute(
                        "delete from webhook where id = ? and owner_id = ? and run_id is null",
                        id.value(),
                        owner.value()))
                == 1;
    }

    /** The hooks that hear of these runs, with the run each time; all events of theirs. */
    List<Listening> listening(Collection<RunId> runs) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select w.*, r.id as changed_run, r.agent_id from run r
                        join webhook w on w.owner_id = r.owner_id and w.run_id is null
                        where r.id = any(:runs) and w.enabled
                        union all
                        select w.*, r.id as changed_run, r.agent_id from run r join webhook w on w.run_id = r.id
                        where r.id = any(:runs) and w.enabled
                        """)
                .bindArray("runs", UUID.class, runs.stream().map(RunId::value).toList())
                .map((row, context) -> new Listening(
                        webhook(row, context),
                        new UserId(row.getObject("owner_id", UUID.class)),
                        new RunId(row.getObject("changed_run", UUID.class)),
                        row.getObject("agent_id", UUID.class),
                        row.getObject("run_id", UUID.class) != null,
                        form(row)))
                .list());
    }

    /** How to reach a hook and to sign for it, whoever's it is. */
    Optional<Reach> reach(WebhookId id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from webhook where id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Reach(
                        row.getString("url"),
                        form(row),
                        sealed(row, "secret", "key_id"),
                        sealed(row, "old_secret", "old_key_id"),
                        instant(row, "old_until")))
                .findOne());
    }

    /** The hook that a run brought along. */
    Optional<WebhookId> ofRun(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from webhook where run_id = :run")
                .bind("run", run.value())
                .map((row, context) -> new WebhookId(row.getObject("id", UUID.class)))
                .findOne());
    }

    void succeeded(WebhookId id) {
        jdbi.useHandle(handle -> handle.execute(
                "update webhook set failing_since = null where id = ? and failing_since is not null", id.value()));
    }

    /** Since when there has been nothing but failures; empty when the hook is gone. */
    Optional<Instant> failed(WebhookId id, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update webhook set failing_since = coalesce(failing_since, :now) where id = :id
                        returning failing_since
                        """)
                .bind("id", id.value())
                .bind("now", now)
                .map((row, context) -> row.getTimestamp("failing_since").toInstant())
                .findOne());
    }

    void disable(WebhookId id, String reason, Instant now) {
        jdbi.useHandle(handle -> handle.execute(
                "update webhook set enabled = false, disabled_reason = ?, updated_at = ? where id = ? and enabled",
                reason,
                now,
                id.value()));
    }

    /** Forgets the hooks of runs that ended so long ago. */
    void forgetOfRuns(Instant endedBefore) {
        jdbi.useHandle(handle -> handle.execute(
                "delete from webhook w using run r where r.id = w.run_id and r.ended_at < ?", endedBefore));
    }

    /** Forgets the hooks that these runs brought along. */
    public void forget(Collection<RunId> runs) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from webhook where run_id = any(:runs)")
                .bindArray("runs", UUID.class, runs.stream().map(RunId::value).toList())
                .execute());
    }

    private static Webhook webhook(ResultSet row, StatementContext context) throws SQLException {
        return new Webhook(
                new WebhookId(row.getObject("id", UUID.class)),
                row.getString("url"),
                List.of((String[]) row.getArray("events").getArray()),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static Form form(ResultSet row) throws SQLException {
        return Form.valueOf(row.getString("form").toUpperCase(Locale.ROOT));
    }

    private static @Nullable Sealed sealed(ResultSet row, String bytes, String keyId) throws SQLException {
        byte[] sealed = row.getBytes(bytes);
        return sealed == null ? null : new Sealed(sealed, row.getString(keyId));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    /** A hook and a run of which it hears. */
    record Listening(Webhook hook, UserId owner, RunId run, UUID agent, boolean ofRun, Form form) {}

    /** Where a hook is and what it is told, with the sealed secrets that sign for it, if any do. */
    record Reach(
            String url,
            Form form,
            @Nullable Sealed secret,
            @Nullable Sealed old,
            @Nullable Instant oldUntil) {}
}
