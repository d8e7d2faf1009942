package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.Standing;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code run}, as far as it is written. */
public final class RunStore {
    private final Jdbi jdbi;

    public RunStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(RunId id, Agent agent, SpawnAgent order, String rateKey, UUID node) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer,
                            created_at, node_id, fence)
                        values (:id, :agent, :owner, 1, :rateKey, :task, :region, 'spawning', 'starting', :at, :node, 1)
                        """)
                .bind("id", id.value())
                .bind("agent", agent.id().value())
                .bind("owner", agent.owner().value())
                .bind("rateKey", rateKey)
                .bind("task", order.task())
                .bind("region", order.region())
                .bind("at", agent.createdAt())
                .bind("node", node)
                .execute());
    }

    /** False when the run has another holder or is over. */
    boolean change(Lease lease, RunChange change, Instant at) {
        return jdbi.withHandle(handle -> {
            Update update = switch (change) {
                case RunChange.Started started -> handle.createUpdate("""
                            update run set status = 'running', computer = 'running', held_at = coalesce(held_at, :at)
                            where id = :id and fence = :fence and ended_at is null
                            """);
                case RunChange.Ended ended ->
                    handle.createUpdate("""
                                    update run set status = :status, result = :result, error = :error, ended_at = :at,
                                        node_id = null, computer = 'stopping', worked_ms = worked_ms + coalesce(
                                            1000 * extract(epoch from (:at - held_at))::bigint, 0)
                                    where id = :id and fence = :fence and ended_at is null
                                    """)
                            .bind("status", word(ended.status()))
                            .bind(
                                    "result",
                                    ended.result() == null
                                            ? null
                                            : ended.result().replace('\0', '\uFFFD'))
                            .bind("error", ended.error() == null ? null : word(ended.error()));
            };
            return update.bind("id", lease.run().value())
                            .bind("fence", lease.fence())
                            .bind("at", at)
                            .execute()
                    == 1;
        });
    }

    /** The run of a lease; empty when the lease is no longer the newest or the run is over. */
    Optional<Held> held(Lease lease) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.*, a.profile, a.name as agent_name from run r join agent a on a.id = r.agent_id
                        where r.id = :id and r.fence = :fence and r.ended_at is null
                        """)
                .bind("id", lease.run().value())
                .bind("fence", lease.fence())
                .map((row, context) -> new Held(
                        RunViewStore.run(row, row.getTimestamp("created_at").toInstant()),
                        new UserId(row.getObject("owner_id", UUID.class)),
                        lease,
                        row.getString("profile"),
                        row.getString("agent_name"),
                        Duration.ofMillis(row.getLong("worked_ms"))))
                .findOne());
    }

    /** Takes a run that is not over away from its holder, for whoever ends it from outside; empty when it is over. */
    Optional<Lease> seize(RunId run) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("update run set fence = fence + 1 where id = :id and ended_at is null")
                        .bind("id", run.value())
                        .executeAndReturnGeneratedKeys("fence")
                        .map((row, context) -> new Lease(run, row.getLong("fence")))
                        .findOne());
    }

    /** The same, for good: the run is that node's afterwards. */
    void seizeFor(UUID node, RunId run) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set fence = fence + 1, node_id = ? where id = ? and ended_at is null", node, run.value()));
    }

    /** The computer of a run that is over is gone; false, and no change, when the run goes on elsewhere. */
    boolean destroyed(RunId run) {
        return jdbi.withHandle(handle -> handle.execute(
                        "update run set computer = 'destroyed' where id = ? and ended_at is not null", run.value()))
                == 1;
    }

    /** The same for those whose server was lost while it cleaned up. */
    void destroyed(Instant endedBefore) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set computer = 'destroyed' where computer = 'stopping' and ended_at < ?", endedBefore));
    }

    /** Those whose computers somebody needs or will need. */
    Set<AgentId> agentsAtWork() {
        return jdbi.withHandle(handle -> handle.createQuery("select agent_id from run where ended_at is null")
                .map((row, context) -> new AgentId(row.getObject("agent_id", UUID.class)))
                .set());
    }

    /** What the account has used. The account's row is locked, so that spawns at the same moment count one another. */
    Standing standing(UserId owner, String rateKey, Instant now) {
        return jdbi.withHandle(handle -> {
            handle.createQuery("select 1 from app_user where id = :owner for update")
                    .bind("owner", owner.value())
                    .mapTo(Integer.class)
                    .one();
            ZonedDateTime month =
                    now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            return handle.createQuery("""
                            select count(*) filter (where rate_key = :key and created_at > :minute) as minute,
                                count(*) filter (where rate_key = :key and created_at > :hour) as hour,
                                min(created_at) filter (where rate_key = :key and created_at > :minute) as minute_first,
                                min(created_at) filter (where rate_key = :key and created_at > :hour) as hour_first,
                                count(*) filter (where ended_at is null) as live,
                                sum(worked_ms + case when ended_at is null and held_at is not null
                                    then 1000 * extract(epoch from (:now - held_at))::bigint else 0 end)
                                    filter (where created_at >= :month) as worked
                            from run
                            where owner_id = :owner and (ended_at is null
                                or created_at >= least(cast(:month as timestamptz), cast(:hour as timestamptz)))
                            """)
                    .bind("owner", owner.value())
                    .bind("key", rateKey)
                    .bind("now", now)
                    .bind("minute", now.minusSeconds(60))
                    .bind("hour", now.minusSeconds(3_600))
                    .bind("month", month.toInstant())
                    .map((row, context) -> new Standing(
                            row.getInt("minute"),
                            row.getInt("hour"),
                            roomIn(row.getTimestamp("minute_first"), Duration.ofSeconds(60), now),
                            roomIn(row.getTimestamp("hour_first"), Duration.ofSeconds(3_600), now),
                            row.getLong("worked") / 3_600_000.0,
                            month.plusMonths(1).toInstant(),
                            row.getInt("live")))
                    .one();
        });
    }

    private static Duration roomIn(@Nullable Timestamp first, Duration window, Instant now) {
        return first == null
                ? Duration.ZERO
                : Duration.between(now, first.toInstant().plus(window));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
