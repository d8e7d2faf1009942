package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code context}; its pieces go with each. */
public final class ContextStore {
    private final Jdbi jdbi;

    public ContextStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Until the current transaction ends, nobody else counts or adds files of the team. */
    void lock(UserId owner) {
        jdbi.useHandle(
                handle -> handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 12)) is null")
                        .bind("owner", owner.toString())
                        .mapTo(Boolean.class)
                        .one());
    }

    /** The same for the team of an agent. */
    void lock(AgentId agent) {
        jdbi.useHandle(handle -> handle.createQuery("""
                        select pg_advisory_xact_lock(hashtextextended(owner_id::text, 12)) is null
                        from agent where id = :agent
                        """)
                .bind("agent", agent.value())
                .mapTo(Boolean.class)
                .findOne());
    }

    void insert(UserId owner, Context context) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into context (id, owner_id, agent_id, name, description, type, is_temporary, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                context.id().value(),
                owner.value(),
                context.agent().value(),
                context.name(),
                context.description(),
                context.type().word(),
                context.temporary(),
                context.createdAt()));
    }

    Counts counts(UserId owner, AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) filter (where agent_id = :agent) as of_agent, count(*) as of_team
                        from context where owner_id = :owner
                        """)
                .bind("agent", agent.value())
                .bind("owner", owner.value())
                .map((row, context) -> new Counts(row.getInt("of_agent"), row.getInt("of_team")))
                .one());
    }

    /** Oldest first. */
    List<Context> of(Collection<AgentId> agents) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from context where agent_id = any(:agents) order by id")
                        .bindArray(
                                "agents",
                                UUID.class,
                                agents.stream().map(AgentId::value).toList())
                        .map(ContextStore::context)
                        .list());
    }

    Optional<Context> find(UserId owner, ContextId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from context where id = :id and owner_id = :owner")
                        .bind("id", id.value())
                        .bind("owner", owner.value())
                        .map(ContextStore::context)
                        .findOne());
    }

    void adopt(ContextId id, AgentId agent) {
        jdbi.useHandle(handle -> handle.execute(
                "update context set agent_id = ?, is_temporary = false where id = ?", agent.value(), id.value()));
    }

    /** False when there is none. */
    boolean delete(ContextId id) {
        return jdbi.withHandle(handle -> handle.execute("delete from context where id = ?", id.value())) == 1;
    }

    void deleteOf(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from context where agent_id = ?", agent.value()));
    }

    void deleteTemporary(Instant before) {
        jdbi.useHandle(handle -> handle.execute("delete from context where is_temporary and created_at < ?", before));
    }

    private static Context context(ResultSet row, StatementContext context) throws SQLException {
        return new Context(
                new ContextId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                FileType.ofName("." + row.getString("type")).orElseThrow(),
                row.getBoolean("is_temporary"),
                row.getTimestamp("created_at").toInstant());
    }

    /** How many files an agent and its team have. */
    record Counts(int ofAgent, int ofTeam) {}
}
