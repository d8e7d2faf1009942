package dev.drover.core.machine;

import dev.drover.core.id.AgentId;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What the table {@code machine} tells of templates that are fetched. */
public final class TemplateStore {
    private final Jdbi jdbi;

    public TemplateStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * How far it is.
     *
     * @param due whether it is still to be fetched
     * @param failure why the last attempt failed
     */
    record Standing(boolean due, @Nullable String failure) {}

    Optional<Standing> find(AgentId agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select template_due, template_failure from machine where agent_id = :id")
                        .bind("id", agent.value())
                        .map((row, context) -> new Standing(row.getBoolean(1), row.getString(2)))
                        .findOne());
    }

    void put(AgentId agent, Standing standing) {
        jdbi.useHandle(handle -> handle.execute(
                "update machine set template_due = ?, template_failure = ? where agent_id = ?",
                standing.due(),
                standing.failure(),
                agent.value()));
    }
}
