package dev.drover.core.conversation;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code conversation_settings}. */
public final class SettingsStore {
    private final Jdbi jdbi;
    private final SettingsCodec codec;

    public SettingsStore(Jdbi jdbi, SettingsCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** What is kept of an agent: its settings, and what it was before, oldest first. */
    record Kept(Settings settings, List<Configuration> past) {
        static final Kept NONE = new Kept(Settings.USUAL, List.of());
    }

    Optional<Settings> settings(AgentId agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select settings from conversation_settings where agent_id = :agent")
                        .bind("agent", agent.value())
                        .map((row, context) -> codec.read(new Json(row.getString("settings"))))
                        .findOne());
    }

    /** Of those agents for which any are kept. */
    Map<AgentId, Kept> of(Collection<AgentId> agents) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from conversation_settings where agent_id = any(:agents)")
                .bindArray(
                        "agents",
                        UUID.class,
                        agents.stream().map(AgentId::value).toList())
                .reduceRows(new HashMap<AgentId, Kept>(), (all, row) -> {
                    all.put(
                            new AgentId(row.getColumn("agent_id", UUID.class)),
                            new Kept(
                                    codec.read(new Json(row.getColumn("settings", String.class))),
                                    codec.readPast(new Json(row.getColumn("past", String.class)))));
                    return all;
                }));
    }

    void put(AgentId agent, Kept kept) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into conversation_settings (agent_id, settings, past) values (?, ?, ?)
                on conflict (agent_id) do update set settings = excluded.settings, past = excluded.past
                """,
                agent.value(),
                codec.write(kept.settings()).text(),
                codec.write(kept.past()).text()));
    }

    /** Makes changes of one agent wait for each other until the transaction ends. */
    void lock(AgentId agent) {
        jdbi.useHandle(
                handle -> handle.execute("select pg_advisory_xact_lock(hashtextextended(?, 14))", agent.toString()));
    }

    void delete(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from conversation_settings where agent_id = ?", agent.value()));
    }
}
