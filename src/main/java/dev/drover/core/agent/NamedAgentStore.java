package dev.drover.core.agent;

import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads the table {@code agent} together with who may use each: {@code agent_share}, {@code agent_permission}. */
public final class NamedAgentStore {
    private static final String SHARED =
            "exists (select from agent_share s where s.agent_id = t.id and s.email = :email)";
    private static final String PERMITTED =
            "exists (select from agent_permission p where p.source_id = cast(:self as uuid) and p.target_id = t.id and "
                    + PermissionStore.inForce("t") + ")";

    /**
     * Whether the caller may use agent {@code t}: what {@link #right} says, for many at once, in queries of other rooms
     * too; {@link #asking} binds what it names.
     */
    public static final String ACCESSIBLE =
            "t.deleted_at is null and t.hold is distinct from 'terminated' and case when cast(:self as uuid) is null"
                    + " then :all or t.owner_id = :user or " + SHARED + " else t.id = cast(:self as uuid) or "
                    + PERMITTED + " end";

    private final Jdbi jdbi;

    public NamedAgentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Reached> reach(Caller caller, String name) {
        return reach(caller, "t.slug = :wanted", name);
    }

    Optional<Reached> reach(Caller caller, AgentId agent) {
        return reach(caller, "t.id = :wanted", agent.value());
    }

    private Optional<Reached> reach(Caller caller, String which, Object wanted) {
        String sql = """
                select t.*, u.name as user_name, u.role, u.team, u.email, %s as shared, %s as permitted
                from agent t join app_user u on u.id = t.owner_id
                where %s and t.deleted_at is null
                """.formatted(SHARED, PERMITTED, which);
        return jdbi.withHandle(handle -> asked(handle, sql, caller)
                .bind("wanted", wanted)
                .map((row, context) -> reached(row, caller))
                .findOne());
    }

    /** Of the agents that the caller may use, sorted. */
    List<String> names(Caller caller) {
        String sql = "select t.slug from agent t where " + ACCESSIBLE + " order by t.slug collate \"C\"";
        return jdbi.withHandle(
                handle -> asked(handle, sql, caller).mapTo(String.class).list());
    }

    List<Tags.Count> tags(Caller caller) {
        String sql = """
                select g.tag, count(*) as agents from agent_tag g join agent t on t.id = g.agent_id
                where %s group by g.tag order by agents desc, g.tag collate "C"
                """.formatted(ACCESSIBLE);
        return jdbi.withHandle(handle -> asked(handle, sql, caller)
                .map((row, context) -> new Tags.Count(row.getString("tag"), row.getInt("agents")))
                .list());
    }

    /** Of an agent that is gone too. */
    Optional<Audience> audience(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.owner_id,
                            array(select s.email from agent_share s where s.agent_id = t.id) as emails,
                            array(select p.source_id from agent_permission p
                                where p.target_id = t.id and %s) as callers
                        from agent t where t.id = :agent
                        """.formatted(PermissionStore.inForce("t")))
                .bind("agent", agent.value())
                .map((row, context) -> audience(agent, row))
                .findOne());
    }

    private static Query asked(Handle handle, String sql, Caller caller) {
        return asking(handle.createQuery(sql), caller);
    }

    /** Binds who asks. */
    public static Query asking(Query query, Caller caller) {
        AgentId self = caller.agent();
        return query.bind("self", self == null ? null : self.value())
                .bind("all", caller.user().role() != Role.USER)
                .bind("user", caller.user().id().value())
                .bind("email", caller.user().email());
    }

    private static Audience audience(AgentId agent, ResultSet row) throws SQLException {
        Set<AgentId> callers = new HashSet<>();
        for (UUID caller : (UUID[]) row.getArray("callers").getArray()) {
            callers.add(new AgentId(caller));
        }
        return new Audience(
                agent,
                new UserId(row.getObject("owner_id", UUID.class)),
                Set.of((String[]) row.getArray("emails").getArray()),
                callers);
    }

    /** Of a row that holds the agent, its owner and whether it is shared or permitted. */
    public static Reached reached(ResultSet row, Caller caller) throws SQLException {
        Agent agent = AgentStore.agent(row);
        User owner = new User(
                agent.owner(),
                row.getString("user_name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getInt("team"),
                row.getString("email"));
        return new Reached(
                agent, owner, right(caller, agent, row.getBoolean("shared"), row.getBoolean("permitted")), caller);
    }

    /** An agent that calls is a guest everywhere, whoever owns it. */
    private static Right right(Caller caller, Agent agent, boolean isShared, boolean isPermitted) {
        AgentId self = caller.agent();
        if (self != null) {
            return self.equals(agent.id()) || isPermitted ? Right.SHARED : Right.NONE;
        }
        if (caller.user().role() != Role.USER) {
            return Right.ADMIN;
        }
        if (caller.user().id().equals(agent.owner())) {
            return Right.OWNER;
        }
        return isShared ? Right.SHARED : Right.NONE;
    }
}
