package dev.drover.core.schedule;

import dev.drover.core.access.Role;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ScheduleId;
import dev.drover.core.id.UserId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code schedule}. */
public final class ScheduleStore {
    private static final String SHOWN =
            "select s.*, u.name as creator from schedule s join app_user u on u.id = s.created_by ";

    /** Of agents whose computers are on this host, or that keep none. */
    private static final String HERE =
            "not exists (select from machine m where m.agent_id = s.agent_id and m.host <> :host)";

    private final Jdbi jdbi;
    private final String host;

    /** @param host the installation whose machines this server can turn on */
    public ScheduleStore(Jdbi jdbi, String host) {
        this.jdbi = jdbi;
        this.host = host;
    }

    /** The oldest first. */
    List<Schedule> list(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(SHOWN + "where s.agent_id = :agent order by s.id")
                .bind("agent", agent.value())
                .map((row, context) -> schedule(row))
                .list());
    }

    Optional<Schedule> find(AgentId agent, ScheduleId id) {
        return jdbi.withHandle(handle -> handle.createQuery(SHOWN + "where s.agent_id = :agent and s.id = :id")
                .bind("agent", agent.value())
                .bind("id", id.value())
                .map((row, context) -> schedule(row))
                .findOne());
    }

    void insert(ScheduleId id, AgentId agent, UserId creator, ScheduleOrder order, Instant at, @Nullable Instant next) {
        jdbi.useHandle(handle -> bound(handle.createUpdate("""
                        insert into schedule (id, agent_id, name, cron, zone, message, enabled, description, timeout_s,
                            allowed_tools, profile, created_by, created_at, updated_at, next_at)
                        values (:id, :agent, :name, :cron, :zone, :message, :enabled, :description, :timeout,
                            cast(:tools as text[]), :profile, :creator, :at, :at, cast(:next as timestamptz))
                        """), id, order, at, next)
                .bind("agent", agent.value())
                .bind("creator", creator.value())
                .execute());
    }

    void change(ScheduleId id, ScheduleOrder order, Instant at, @Nullable Instant next) {
        jdbi.useHandle(
                handle -> bound(handle.createUpdate("""
                        update schedule set name = :name, cron = :cron, zone = :zone, message = :message,
                            enabled = :enabled, description = :description, timeout_s = :timeout,
                            allowed_tools = cast(:tools as text[]), profile = :profile, updated_at = :at,
                            next_at = cast(:next as timestamptz)
                        where id = :id
                        """), id, order, at, next).execute());
    }

    private static Update bound(Update update, ScheduleId id, ScheduleOrder order, Instant at, @Nullable Instant next) {
        List<String> tools = order.tools();
        return update.bind("id", id.value())
                .bind("name", order.name())
                .bind("cron", order.cron())
                .bind("zone", order.zone())
                .bind("message", order.message())
                .bind("enabled", order.enabled())
                .bind("description", order.description())
                .bind("timeout", (int) order.timeout().toSeconds())
                .bind("tools", tools == null ? null : tools.toArray(String[]::new))
                .bind("profile", order.model())
                .bind("at", at)
                .bind("next", next);
    }

    /** When it is due next; null for not at all. */
    void due(ScheduleId id, @Nullable Instant next) {
        jdbi.useHandle(handle ->
                handle.execute("update schedule set next_at = cast(? as timestamptz) where id = ?", next, id.value()));
    }

    /**
     * Takes a due moment: false when somebody else took it, or the schedule was changed or deleted meanwhile.
     *
     * @param began when it began a run; null when it did not
     */
    boolean take(Schedule schedule, @Nullable Instant next, @Nullable Instant began) {
        return jdbi.withHandle(
                        handle -> handle.execute("""
                        update schedule set next_at = cast(? as timestamptz),
                            last_at = coalesce(cast(? as timestamptz), last_at)
                        where id = ? and next_at = ?
                        """, next, began, schedule.id().value(), schedule.nextAt()))
                == 1;
    }

    /** It began a run without being due. */
    void began(ScheduleId id, Instant at) {
        jdbi.useHandle(handle -> handle.execute("update schedule set last_at = ? where id = ?", at, id.value()));
    }

    boolean delete(ScheduleId id) {
        return jdbi.withHandle(handle -> handle.execute("delete from schedule where id = ?", id.value())) == 1;
    }

    /** Those that are due, the longest first. */
    List<Due> due(Instant now, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.*, u.name as creator, o.id as owner, o.name as owner_name, o.role,
                            o.team, o.email
                        from schedule s join app_user u on u.id = s.created_by
                        join agent a on a.id = s.agent_id join app_user o on o.id = a.owner_id
                        where s.next_at <= :now and %s order by s.next_at limit :most
                        """.formatted(HERE))
                .bind("host", host)
                .bind("now", now)
                .bind("most", most)
                .map((row, context) -> new Due(schedule(row), owner(row)))
                .list());
    }

    /** @param owner of the agent, in whose name it works */
    record Due(Schedule schedule, User owner) {}

    Optional<Instant> nextDue() {
        return jdbi.withHandle(handle -> handle.createQuery("select min(s.next_at) from schedule s where " + HERE)
                .bind("host", host)
                .mapTo(Instant.class)
                .findOne());
    }

    private static User owner(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getObject("owner", UUID.class)),
                row.getString("owner_name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getInt("team"),
                row.getString("email"));
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        Array tools = row.getArray("allowed_tools");
        return new Schedule(
                new ScheduleId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                new ScheduleOrder(
                        row.getString("name"),
                        row.getString("cron"),
                        row.getString("zone"),
                        row.getString("message"),
                        row.getBoolean("enabled"),
                        row.getString("description"),
                        Duration.ofSeconds(row.getInt("timeout_s")),
                        tools == null ? null : List.of((String[]) tools.getArray()),
                        row.getString("profile")),
                new UserId(row.getObject("created_by", UUID.class)),
                row.getString("creator"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                instant(row, "last_at"),
                instant(row, "next_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
