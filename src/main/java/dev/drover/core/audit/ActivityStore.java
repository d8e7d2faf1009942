package dev.drover.core.audit;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SquadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code activity}, which is only ever added to, until what is old goes. */
public final class ActivityStore {
    private final Jdbi jdbi;

    public ActivityStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(Activity entry) {
        SquadId squad = entry.squad();
        AgentId agent = entry.agent();
        RunId run = entry.run();
        Json details = entry.details();
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into activity (id, squad_id, actor_kind, actor, action, entity_kind, entity, agent_id, run_id,
                    details, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                entry.id(),
                squad == null ? null : squad.value(),
                entry.actor().kind().word(),
                entry.actor().id(),
                entry.action(),
                entry.entity().kind(),
                entry.entity().id(),
                agent == null ? null : agent.value(),
                run == null ? null : run.value(),
                details == null ? null : details.text(),
                entry.at()));
    }

    List<Activity> list(
            SquadId squad, @Nullable AgentId agent, @Nullable String entityKind, @Nullable String entity, int limit) {
        String filter = (agent == null ? "" : " and agent_id = :agent")
                + (entityKind == null ? "" : " and entity_kind = :kind")
                + (entity == null ? "" : " and entity = :entity");
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("select * from activity where squad_id = :squad" + filter
                            + " order by created_at desc, id desc limit :limit")
                    .bind("squad", squad.value())
                    .bind("limit", limit);
            if (agent != null) {
                query.bind("agent", agent.value());
            }
            if (entityKind != null) {
                query.bind("kind", entityKind);
            }
            if (entity != null) {
                query.bind("entity", entity);
            }
            return query.map((row, context) -> activity(row)).list();
        });
    }

    /** Takes out at most so many from before then, the oldest first; how many there were. */
    public int prune(Instant before, int most) {
        return jdbi.withHandle(handle -> handle.execute(
                "delete from activity where id in (select id from activity where created_at < ?"
                        + " order by created_at limit ?)",
                before,
                most));
    }

    private static Activity activity(ResultSet row) throws SQLException {
        UUID squad = row.getObject("squad_id", UUID.class);
        UUID agent = row.getObject("agent_id", UUID.class);
        UUID run = row.getObject("run_id", UUID.class);
        String details = row.getString("details");
        return new Activity(
                row.getObject("id", UUID.class),
                squad == null ? null : new SquadId(squad),
                new Activity.Actor(
                        Activity.Kind.valueOf(row.getString("actor_kind").toUpperCase(Locale.ROOT)),
                        row.getString("actor")),
                row.getString("action"),
                new Activity.Entity(row.getString("entity_kind"), row.getString("entity")),
                agent == null ? null : new AgentId(agent),
                run == null ? null : new RunId(run),
                details == null ? null : new Json(details),
                row.getTimestamp("created_at").toInstant());
    }
}
