package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A table of words that agents have, {@code agent_tag} or {@code agent_skill}: each of them once. */
public final class WordStore {
    private final Jdbi jdbi;
    private final String table;
    private final String column;

    private WordStore(Jdbi jdbi, String table, String column) {
        this.jdbi = jdbi;
        this.table = table;
        this.column = column;
    }

    public static WordStore tags(Jdbi jdbi) {
        return new WordStore(jdbi, "agent_tag", "tag");
    }

    public static WordStore skills(Jdbi jdbi) {
        return new WordStore(jdbi, "agent_skill", "skill");
    }

    /** Sorted. */
    public List<String> of(AgentId agent) {
        String sql =
                "select %2$s from %1$s where agent_id = :agent order by %2$s collate \"C\"".formatted(table, column);
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("agent", agent.value())
                .mapTo(String.class)
                .list());
    }

    public void clear(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from %s where agent_id = ?".formatted(table), agent.value()));
    }

    public void add(AgentId agent, Collection<String> words) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into %s (agent_id, %s) select ?, unnest(cast(? as text[])) on conflict do nothing"
                        .formatted(table, column),
                agent.value(),
                words.toArray(String[]::new)));
    }

    public void remove(AgentId agent, String word) {
        jdbi.useHandle(handle -> handle.execute(
                "delete from %s where agent_id = ? and %s = ?".formatted(table, column), agent.value(), word));
    }
}
