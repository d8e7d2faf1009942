package dev.drover.core.agent;

import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads the table {@code agent} together with who may use each: {@code agent_share}, {@code agent_permission}. */
public final class NamedAgentStore {
    private final Jdbi jdbi;

    public NamedAgentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Reached> reach(Caller caller, String name) {
        AgentId self = caller.agent();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select a.*, u.name as user_name, u.role, u.team, u.email,
                            exists (select from agent_share s
                                where s.agent_id = a.id and s.email = lower(:email)) as shared,
                            exists (select from agent_permission p
                                where p.source_id = cast(:self as uuid) and p.target_id = a.id) as permitted
                        from agent a join app_user u on u.id = a.owner_id
                        where a.slug = :name and a.deleted_at is null
                        """)
                .bind("email", caller.user().email())
                .bind("self", self == null ? null : self.value())
                .bind("name", name)
                .map((row, context) -> reached(row, caller))
                .findOne());
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
