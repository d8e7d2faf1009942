package dev.drover.core.machine;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code machine_log}. */
public final class MachineLogStore {
    static final int KEPT = 10_000;

    private final Jdbi jdbi;

    public MachineLogStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Line(Instant at, String text) {}

    void add(AgentId agent, Instant at, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into machine_log (agent_id, at, line)
                    select id, :at, :line from agent where id = :agent
                    """);
            lines.forEach(line -> batch.bind("agent", agent.value())
                    .bind("at", at)
                    .bind("line", line)
                    .add());
            batch.execute();
            handle.execute("""
                    delete from machine_log where agent_id = ? and id <= (select id from machine_log
                        where agent_id = ? order by id desc offset ? limit 1)
                    """, agent.value(), agent.value(), KEPT);
        });
    }

    List<Line> newest(AgentId agent, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select at, line from machine_log where agent_id = :agent order by id desc limit :most")
                .bind("agent", agent.value())
                .bind("most", most)
                .map((row, context) -> new Line(row.getTimestamp("at").toInstant(), row.getString("line")))
                .list());
    }

    void forget(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from machine_log where agent_id = ?", agent.value()));
    }
}
