package dev.drover.core.webhook;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.id.WebhookId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code webhook_delivery}: what is to be sent, and what was. */
public final class DeliveryStore {
    private final Jdbi jdbi;

    public DeliveryStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Stores a message that is due at once; a second one on the same change of a run is dropped. */
    void insert(Message message, UserId owner, @Nullable RunId run, boolean ownHook) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into webhook_delivery (id, webhook_id, owner_id, run_id, own_hook, agent_id, type, body,
                            status, created_at, next_attempt_at)
                        values (:id, :hook, :owner, cast(:run as uuid), :ownHook, cast(:agent as uuid), :type, :body,
                            'pending', :at, :at)
                        on conflict do nothing
                        """)
                .bind("id", message.id().value())
                .bind("hook", message.hook().value())
                .bind("owner", owner.value())
                .bind("run", run == null ? null : run.value())
                .bind("ownHook", ownHook)
                .bind("agent", message.agent() == null ? null : message.agent().value())
                .bind("type", message.type())
                .bind("body", message.body())
                .bind("at", message.at())
                .execute());
    }

    /**
     * Takes due messages, one a hook, for this server to send within the time of the hold; another server takes none
     * of them meanwhile. Hooks that are busy are passed over.
     */
    List<Due> claim(Instant now, Instant holdUntil, Collection<WebhookId> busy, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update webhook_delivery d set held_until = :until, attempts = attempts + 1
                        from (
                            select id from webhook_delivery where id in (
                                select distinct on (webhook_id) id from webhook_delivery
                                where status = 'pending' and next_attempt_at <= :now
                                    and (held_until is null or held_until <= :now) and webhook_id <> all(:busy)
                                order by webhook_id, next_attempt_at)
                            and status = 'pending' and (held_until is null or held_until <= :now)
                            order by next_attempt_at limit :limit for update skip locked) due
                        where d.id = due.id
                        returning d.id, d.webhook_id, d.body, d.failures
                        """)
                .bind("now", now)
                .bind("until", holdUntil)
                .bindArray(
                        "busy", UUID.class, busy.stream().map(WebhookId::value).toList())
                .bind("limit", limit)
                .map((row, context) -> new Due(
                        new DeliveryId(row.getObject("id", UUID.class)),
                        new WebhookId(row.getObject("webhook_id", UUID.class)),
                        row.getString("body"),
                        row.getInt("failures")))
                .list());
    }

    /** What came with a run cannot be asked for again, so that nothing of what was said is kept. */
    void delivered(DeliveryId id, int httpStatus) {
        jdbi.useHandle(handle -> handle.execute("""
                update webhook_delivery set status = 'delivered', http_status = ?, error = null, failures = 0,
                    next_attempt_at = null, held_until = null, body = case when own_hook then '' else body end
                where id = ?
                """, httpStatus, id.value()));
    }

    /** @param next null when there is no further attempt */
    void failed(DeliveryId id, @Nullable Integer httpStatus, String error, @Nullable Instant next) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update webhook_delivery set failures = failures + 1, http_status = cast(:httpStatus as int),
                            error = :error, next_attempt_at = cast(:next as timestamptz), held_until = null,
                            status = :status,
                            body = case when own_hook and :status = 'failed' then '' else body end
                        where id = :id and status = 'pending'
                        """)
                .bind("id", id.value())
                .bind("httpStatus", httpStatus)
                .bind("error", error)
                .bind("next", next)
                .bind("status", next == null ? "failed" : "pending")
                .execute());
    }

    /** Gives a message back that was not sent after all. */
    void release(DeliveryId id) {
        jdbi.useHandle(handle -> handle.execute(
                "update webhook_delivery set held_until = null, attempts = attempts - 1 where id = ?", id.value()));
    }

    /** Gives up what is still to be sent to a hook. */
    void giveUp(WebhookId hook, String why) {
        jdbi.useHandle(handle -> handle.execute("""
                update webhook_delivery set status = 'failed', error = ?, next_attempt_at = null, held_until = null
                where webhook_id = ? and status = 'pending'
                """, why, hook.value()));
    }

    /** Makes a message due now, whatever became of it; empty when the hook has no such message. */
    Optional<Delivery> again(WebhookId hook, DeliveryId id, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update webhook_delivery set status = 'pending', failures = 0, next_attempt_at = :now
                        where id = :id and webhook_id = :hook returning *
                        """)
                .bind("id", id.value())
                .bind("hook", hook.value())
                .bind("now", now)
                .map(DeliveryStore::delivery)
                .findOne());
    }

    /** Newest first, behind the one given; of any status when that is null. */
    List<Delivery> ofHook(WebhookId hook, Delivery.@Nullable Status status, int limit, @Nullable DeliveryId after) {
        String which = status == null ? "" : " and status = '" + word(status) + "'";
        return page("webhook_id = :of" + which, hook.value(), limit, after);
    }

    List<Delivery> ofAgent(AgentId agent, int limit, @Nullable DeliveryId after) {
        return page("agent_id = :of", agent.value(), limit, after);
    }

    boolean has(DeliveryId id, UUID hookOrAgent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (
                            select 1 from webhook_delivery where id = :id and :of in (webhook_id, agent_id))
                        """)
                .bind("id", id.value())
                .bind("of", hookOrAgent)
                .mapTo(Boolean.class)
                .one());
    }

    private List<Delivery> page(String which, UUID of, int limit, @Nullable DeliveryId after) {
        String sql = "select * from webhook_delivery where " + which + (after == null ? "" : " and id < :after")
                + " order by id desc limit :limit";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql).bind("of", of).bind("limit", limit);
            return (after == null ? query : query.bind("after", after.value()))
                    .map(DeliveryStore::delivery)
                    .list();
        });
    }

    /** Takes out at most so many of those from before then that nobody is still to send; how many there were. */
    public int prune(Instant before, int most) {
        return jdbi.withHandle(handle -> handle.execute("""
                delete from webhook_delivery where id in (select id from webhook_delivery
                    where created_at < ? and status <> 'pending' order by created_at limit ?)
                """, before, most));
    }

    private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
        UUID agent = row.getObject("agent_id", UUID.class);
        Timestamp next = row.getTimestamp("next_attempt_at");
        return new Delivery(
                new DeliveryId(row.getObject("id", UUID.class)),
                row.getBoolean("own_hook") ? null : new WebhookId(row.getObject("webhook_id", UUID.class)),
                row.getString("type"),
                agent == null ? null : new AgentId(agent),
                Delivery.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getObject("http_status", Integer.class),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                next == null ? null : next.toInstant());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A message as it is first stored. */
    record Message(DeliveryId id, WebhookId hook, @Nullable AgentId agent, String type, String body, Instant at) {}

    /** A message that this server is to send now. */
    record Due(DeliveryId id, WebhookId hook, String body, int failures) {}
}
