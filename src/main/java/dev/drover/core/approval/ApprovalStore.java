package dev.drover.core.approval;

import dev.drover.core.Documents;
import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ApprovalId;
import dev.drover.core.id.CommentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.SquadId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tables {@code approval}, {@code approval_issue} and {@code approval_comment}. */
public final class ApprovalStore {
    private final Jdbi jdbi;
    private final Documents documents;

    public ApprovalStore(Jdbi jdbi, Documents documents) {
        this.jdbi = jdbi;
        this.documents = documents;
    }

    void insert(Approval approval, List<IssueId> issues) {
        AgentId agent = approval.requestedByAgent();
        UserId user = approval.requestedByUser();
        AgentId hire = approval.hire();
        jdbi.useHandle(handle -> {
            handle.execute(
                    """
                    insert into approval (id, squad_id, type, requested_by_agent, requested_by_user, status, payload,
                        hire_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    approval.id().value(),
                    approval.squad().value(),
                    approval.type().word(),
                    agent == null ? null : agent.value(),
                    user == null ? null : user.value(),
                    approval.status().word(),
                    documents.write(approval.payload()).text(),
                    hire == null ? null : hire.value(),
                    approval.createdAt(),
                    approval.updatedAt());
            for (int i = 0; i < issues.size(); i++) {
                handle.execute(
                        "insert into approval_issue (approval_id, issue_id, place) values (?, ?, ?)",
                        approval.id().value(),
                        issues.get(i).value(),
                        i);
            }
        });
    }

    Optional<Approval> find(ApprovalId id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from approval where id = :id")
                .bind("id", id.value())
                .map((row, context) -> approval(row))
                .findOne());
    }

    /** Newest first. */
    List<Approval> list(SquadId squad, Set<Approval.Status> wanted) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from approval where squad_id = :squad and status = any(:wanted)
                        order by created_at desc, id desc
                        """)
                .bind("squad", squad.value())
                .bind("wanted", words(wanted))
                .map((row, context) -> approval(row))
                .list());
    }

    /** Of all squads that are there, newest first: ids are made in the order of time. */
    List<Docket.Entry> everywhere(Set<Approval.Status> wanted, @Nullable ApprovalId behind, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select a.*, q.name squad_name from approval a join squad q on q.id = a.squad_id
                        where q.deleted_at is null and a.status = any(:wanted)
                            and (cast(:behind as uuid) is null or a.id < cast(:behind as uuid))
                        order by a.id desc limit :limit
                        """)
                .bind("wanted", words(wanted))
                .bind("behind", behind == null ? null : behind.value())
                .bind("limit", limit)
                .map((row, context) -> new Docket.Entry(approval(row), row.getString("squad_name")))
                .list());
    }

    /** What becomes of one that stands as one of these; empty when it does not, and then nothing is changed. */
    Optional<Approval> decide(ApprovalId id, Set<Approval.Status> from, Decision decision) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update approval set status = :to, decision_note = :note, decided_by = cast(:by as uuid),
                            decided_at = cast(:decided as timestamptz),
                            payload = coalesce(cast(:payload as text), payload), updated_at = :at
                        where id = :id and status = any(:from) returning *
                        """)
                .bind("to", decision.to.word())
                .bind("note", decision.note)
                .bind("by", decision.by == null ? null : decision.by.value())
                .bind("decided", decision.by == null ? null : decision.at)
                .bind(
                        "payload",
                        decision.payload == null
                                ? null
                                : documents.write(decision.payload).text())
                .bind("at", decision.at)
                .bind("id", id.value())
                .bind("from", words(from))
                .map((row, context) -> approval(row))
                .findOne());
    }

    /**
     * One step of a question.
     *
     * @param by null for what is no decision
     * @param payload null when it stays as it is
     */
    record Decision(
            Approval.Status to,
            @Nullable String note,
            @Nullable UserId by,
            @Nullable Map<String, @Nullable Object> payload,
            Instant at) {}

    /** The open question whether to hire that agent. */
    Optional<Approval> openOf(AgentId hire) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from approval where hire_id = :hire and status in ('pending', 'revision_requested')
                        """)
                .bind("hire", hire.value())
                .map((row, context) -> approval(row))
                .findOne());
    }

    /** In the order in which they were named. */
    List<IssueId> issues(ApprovalId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select issue_id from approval_issue where approval_id = :id order by place")
                .bind("id", id.value())
                .mapTo(UUID.class)
                .map(IssueId::new)
                .list());
    }

    void insert(Remark remark) {
        AgentId agent = remark.agent();
        UserId user = remark.user();
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into approval_comment (id, approval_id, author_agent, author_user, body, created_at)
                values (?, ?, ?, ?, ?, ?)
                """,
                remark.id().value(),
                remark.approval().value(),
                agent == null ? null : agent.value(),
                user == null ? null : user.value(),
                remark.body(),
                remark.at()));
    }

    /** Oldest first. */
    List<Remark> remarks(ApprovalId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from approval_comment where approval_id = :id order by created_at, id")
                .bind("id", id.value())
                .map((row, context) -> remark(row))
                .list());
    }

    private static Remark remark(ResultSet row) throws SQLException {
        return new Remark(
                new CommentId(row.getObject("id", UUID.class)),
                new ApprovalId(row.getObject("approval_id", UUID.class)),
                agent(row, "author_agent"),
                user(row, "author_user"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant());
    }

    private Approval approval(ResultSet row) throws SQLException {
        Timestamp decided = row.getTimestamp("decided_at");
        return new Approval(
                new ApprovalId(row.getObject("id", UUID.class)),
                new SquadId(row.getObject("squad_id", UUID.class)),
                Approval.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                agent(row, "requested_by_agent"),
                user(row, "requested_by_user"),
                Approval.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                documents.read(new Json(row.getString("payload"))),
                agent(row, "hire_id"),
                row.getString("decision_note"),
                user(row, "decided_by"),
                decided == null ? null : decided.toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static @Nullable AgentId agent(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new AgentId(id);
    }

    private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new UserId(id);
    }

    private static String[] words(Set<Approval.Status> wanted) {
        return wanted.stream().map(Approval.Status::word).toArray(String[]::new);
    }
}
