package dev.drover.core.artifact;

import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ArtifactId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables {@code artifact} and {@code artifact_piece}: files, and their bytes in pieces of one size. */
public final class ArtifactStore {
    private final Jdbi jdbi;

    public ArtifactStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(Artifact artifact) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into artifact (id, agent_id, path, size_bytes, mime_type, sha256, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                artifact.id().value(),
                artifact.agent().value(),
                artifact.path(),
                artifact.size(),
                artifact.mimeType(),
                artifact.sha256(),
                artifact.createdAt()));
    }

    void insertPiece(ArtifactId artifact, int ordinal, byte[] bytes) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into artifact_piece (artifact_id, ordinal, bytes) values (?, ?, ?)",
                artifact.value(),
                ordinal,
                bytes));
    }

    /** Empty when it was deleted meanwhile. */
    Optional<byte[]> piece(ArtifactId artifact, int ordinal) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select bytes from artifact_piece where artifact_id = :artifact and ordinal = :ordinal")
                .bind("artifact", artifact.value())
                .bind("ordinal", ordinal)
                .mapTo(byte[].class)
                .findOne());
    }

    /** Whether the agent exists for the caller; an agent's own credentials see that agent and those it made. */
    boolean sees(Caller caller, AgentId agent) {
        AgentId self = caller.agent();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select 1 from agent
                            where id = :agent and owner_id = :owner and deleted_at is null
                            and (cast(:self as uuid) is null or cast(:self as uuid) in (id, parent_id)))
                        """)
                .bind("agent", agent.value())
                .bind("owner", caller.user().id().value())
                .bind("self", self == null ? null : self.toString())
                .mapTo(Boolean.class)
                .one());
    }

    List<Artifact> of(AgentId agent, @Nullable ArtifactId after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from artifact where agent_id = :agent
                            and (cast(:after as uuid) is null or id > cast(:after as uuid))
                        order by id limit :limit
                        """)
                .bind("agent", agent.value())
                .bind("after", after == null ? null : after.toString())
                .bind("limit", limit)
                .map(ArtifactStore::artifact)
                .list());
    }

    Optional<Artifact> find(AgentId agent, ArtifactId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from artifact where id = :id and agent_id = :agent")
                        .bind("id", id.value())
                        .bind("agent", agent.value())
                        .map(ArtifactStore::artifact)
                        .findOne());
    }

    Optional<Artifact> find(ArtifactId id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from artifact where id = :id")
                .bind("id", id.value())
                .map(ArtifactStore::artifact)
                .findOne());
    }

    /** False when there is none. */
    boolean delete(AgentId agent, ArtifactId id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with gone as (delete from artifact where id = :id and agent_id = :agent returning id),
                            pieces as (delete from artifact_piece where artifact_id in (select id from gone))
                        select count(*) from gone
                        """)
                        .bind("id", id.value())
                        .bind("agent", agent.value())
                        .mapTo(Integer.class)
                        .one())
                == 1;
    }

    /** All of an agent. */
    public void deleteOf(AgentId agent) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "delete from artifact_piece where artifact_id in (select id from artifact where agent_id = ?)",
                    agent.value());
            handle.execute("delete from artifact where agent_id = ?", agent.value());
        });
    }

    /** Those of an agent that are older than that. */
    public void prune(AgentId agent, Instant before) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with gone as (delete from artifact where agent_id = :agent and created_at < :before
                            returning id)
                        delete from artifact_piece where artifact_id in (select id from gone)
                        """)
                .bind("agent", agent.value())
                .bind("before", before)
                .execute());
    }

    private static Artifact artifact(ResultSet row, StatementContext context) throws SQLException {
        return new Artifact(
                new ArtifactId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("path"),
                row.getLong("size_bytes"),
                row.getString("mime_type"),
                row.getString("sha256"),
                row.getTimestamp("created_at").toInstant());
    }
}
