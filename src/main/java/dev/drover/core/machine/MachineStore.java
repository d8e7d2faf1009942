package dev.drover.core.machine;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code machine}. */
public final class MachineStore {
    private final Jdbi jdbi;

    public MachineStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One that is ready. */
    Optional<Machine> find(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from machine where agent_id = :id and ready")
                .bind("id", agent.value())
                .map((row, context) -> machine(row))
                .findOne());
    }

    /** The same, which nobody else changes before the transaction ends. */
    Optional<Machine> lock(AgentId agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from machine where agent_id = :id and ready for update")
                        .bind("id", agent.value())
                        .map((row, context) -> machine(row))
                        .findOne());
    }

    /** Of all machines whose workspaces are on the host, ready or not. */
    Set<AgentId> homes(String host) {
        return jdbi.withHandle(handle -> handle.createQuery("select agent_id from machine where host = :host")
                .bind("host", host)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .set());
    }

    /** Until the transaction ends nobody else makes or renames a machine. */
    void lockNames() {
        jdbi.useHandle(handle -> handle.execute("select pg_advisory_xact_lock(22220)"));
    }

    Set<Integer> ports() {
        return jdbi.withHandle(handle -> handle.createQuery("select port from machine")
                .mapTo(Integer.class)
                .set());
    }

    /** @param node the server that is to open it */
    void insert(Machine machine, boolean ready, UUID node) {
        Machine.Source source = machine.source();
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into machine (agent_id, host, ready, kind, runtime, runtime_model, template, repository, branch,
                    tracks_branch, base_image, config, port, cpu, memory, state, wanted, container, created_at,
                    changed_at, node_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                machine.agent().value(),
                machine.host(),
                ready,
                machine.kind(),
                machine.runtime(),
                machine.runtimeModel(),
                source.template(),
                source.repository(),
                source.branch(),
                source.tracksBranch(),
                machine.baseImage(),
                machine.config().text(),
                machine.port(),
                machine.resources().cpu(),
                machine.resources().memory(),
                machine.state().word(),
                machine.wanted(),
                machine.container(),
                machine.createdAt(),
                machine.createdAt(),
                node));
    }

    /** It has never been on: nobody turns it on but who needs it. */
    void fresh(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("update machine set fresh = true where agent_id = ?", agent.value()));
    }

    void describe(AgentId agent, String kind, String runtime) {
        jdbi.useHandle(handle -> handle.execute(
                "update machine set kind = ?, runtime = ? where agent_id = ?", kind, runtime, agent.value()));
    }

    void ready(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("update machine set ready = true where agent_id = ?", agent.value()));
    }

    void state(AgentId agent, MachineState state, Instant at) {
        jdbi.useHandle(handle -> handle.execute(
                "update machine set state = ?, fresh = fresh and ? = 'stopped', changed_at = ? where agent_id = ?",
                state.word(),
                state.word(),
                at,
                agent.value()));
    }

    void container(AgentId agent, String container) {
        jdbi.useHandle(handle -> handle.execute(
                "update machine set container = ? where agent_id = ? and container <> ?",
                container,
                agent.value(),
                container));
    }

    void wanted(AgentId agent, boolean wanted) {
        jdbi.useHandle(
                handle -> handle.execute("update machine set wanted = ? where agent_id = ?", wanted, agent.value()));
    }

    void delete(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from machine where agent_id = ?", agent.value()));
    }

    void settings(AgentId agent, MachineSettings settings, Instant at) {
        MachineSettings.ReadOnly patterns = settings.patterns();
        jdbi.useHandle(handle -> handle.execute(
                """
                update machine set read_only = ?, blocked = cast(? as text[]), allowed = cast(? as text[]),
                    autonomy = ?, timeout_s = ?, parallel_tasks = ?, platform_key = ?, exposes = ?, consumes = ?,
                    cpu_limit = ?, memory_limit = ?, changed_at = ?
                where agent_id = ?
                """,
                settings.readOnly(),
                patterns == null ? null : patterns.blocked().toArray(String[]::new),
                patterns == null ? null : patterns.allowed().toArray(String[]::new),
                settings.autonomy(),
                (int) settings.timeout().toSeconds(),
                settings.parallelTasks(),
                settings.platformKey(),
                settings.exposes(),
                settings.consumes(),
                settings.cpuLimit(),
                settings.memoryLimit(),
                at,
                agent.value()));
    }

    static Machine machine(ResultSet row) throws SQLException {
        return new Machine(
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("host"),
                row.getString("kind"),
                row.getString("runtime"),
                row.getString("runtime_model"),
                new Resources(row.getString("cpu"), row.getString("memory")),
                new Machine.Source(
                        row.getString("template"),
                        row.getString("repository"),
                        row.getString("branch"),
                        row.getBoolean("tracks_branch")),
                new Json(row.getString("config")),
                row.getInt("port"),
                MachineState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("wanted"),
                row.getString("container"),
                row.getString("base_image"),
                row.getTimestamp("created_at").toInstant(),
                settings(row));
    }

    private static MachineSettings settings(ResultSet row) throws SQLException {
        List<String> blocked = texts(row.getArray("blocked"));
        List<String> allowed = texts(row.getArray("allowed"));
        return new MachineSettings(
                row.getBoolean("read_only"),
                blocked == null || allowed == null ? null : new MachineSettings.ReadOnly(blocked, allowed),
                row.getBoolean("autonomy"),
                Duration.ofSeconds(row.getInt("timeout_s")),
                row.getInt("parallel_tasks"),
                row.getBoolean("platform_key"),
                row.getBoolean("exposes"),
                row.getBoolean("consumes"),
                row.getString("cpu_limit"),
                row.getString("memory_limit"));
    }

    private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }
}
