package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code run_event}: entries go in in bulk and come out in order. */
public final class RunLogStore {
    /** Pieces that no reply repeats stay: of one that is being written, or was broken off for good. */
    private static final String WITHOUT_PIECES = """
            and (kind <> 'model_spoke' or seq > (select coalesce(max(w.seq), 0) from run_event w
                where w.run_id = :run and w.kind = 'model_replied'))""";

    private static final String HOLDING = """
            and kind not in ('model_spoke', 'tool_showed') and exists (
                select from unnest(:spellings) as s (spelling) where strpos(lower(payload), lower(spelling)) > 0)""";

    private final Jdbi jdbi;
    private final EventCodec codec;

    public RunLogStore(Jdbi jdbi, EventCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** How entries are written. */
    EventCodec codec() {
        return codec;
    }

    /**
     * Stores all events whose run still has the fence they were written under, and tells which they were.
     *
     * @throws IllegalStateException when a place in a log is taken
     */
    Set<LogPlace> insert(List<Append> appends) {
        return jdbi.withHandle(handle -> insert(handle.getConnection(), appends));
    }

    private Set<LogPlace> insert(Connection connection, List<Append> appends) {
        String sql = """
                insert into run_event (run_id, seq, step, at, kind, label, payload, digest)
                select e.run_id, e.seq, nullif(e.step, 0), e.at, e.kind, e.label, e.payload, e.digest
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as e (run_id, fence, seq, step, at, kind, label, payload, digest)
                join run on run.id = e.run_id and run.fence = e.fence
                returning run_id, seq
                """;
        List<LogLine> lines = appends.stream().flatMap(a -> a.lines().stream()).toList();
        List<Long> fences = appends.stream()
                .flatMap(a -> a.lines().stream().map(line -> a.lease().fence()))
                .toList();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(
                    1,
                    array(connection, "uuid", lines, line -> line.event().run().value()));
            insert.setArray(2, connection.createArrayOf("int8", fences.toArray()));
            insert.setArray(
                    3, array(connection, "int8", lines, line -> line.event().seq()));
            insert.setArray(
                    4, array(connection, "int8", lines, line -> line.event().step()));
            insert.setArray(
                    5,
                    array(
                            connection,
                            "timestamptz",
                            lines,
                            line -> line.event().at().atOffset(ZoneOffset.UTC)));
            insert.setArray(6, array(connection, "text", lines, LogLine::kind));
            insert.setArray(7, array(connection, "text", lines, LogLine::label));
            insert.setArray(8, array(connection, "text", lines, LogLine::payload));
            insert.setArray(9, connection.createArrayOf("bytea", digests(lines)));
            Set<LogPlace> stored = new HashSet<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    stored.add(new LogPlace(new RunId(rows.getObject(1, UUID.class)), rows.getLong(2)));
                }
            }
            return stored;
        } catch (SQLException e) {
            throw new IllegalStateException("the log took none of " + lines.size() + " events", e);
        }
    }

    private static java.sql.Array array(
            Connection connection, String type, List<LogLine> lines, Function<LogLine, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, lines.stream().map(value).toArray());
    }

    private static byte[][] digests(List<LogLine> lines) {
        return lines.stream().map(line -> line.digest().bytes()).toArray(byte[][]::new);
    }

    /** Whether it is stored, by this holder: after a commit whose answer was lost, only this tells. */
    boolean holds(Append append) {
        return append.lines().stream()
                .allMatch(line -> jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (
                            select 1 from run_event e join run on run.id = e.run_id and run.fence = :fence
                            where e.run_id = :run and e.seq = :seq and e.digest = :digest)
                        """)
                        .bind("fence", append.lease().fence())
                        .bind("run", line.event().run().value())
                        .bind("seq", line.event().seq())
                        .bind("digest", line.digest().bytes())
                        .mapTo(Boolean.class)
                        .one()));
    }

    /** Where the log of a run ends. */
    LogEnd end(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(max(seq), 0) as seq, coalesce(max(step), 0) as step,
                            (select digest from run_event where run_id = :run order by seq desc limit 1) as digest
                        from run_event where run_id = :run
                        """)
                .bind("run", run.value())
                .map((row, context) ->
                        new LogEnd(row.getLong("seq"), row.getLong("step"), Digest.stored(row.getBytes("digest"))))
                .one());
    }

    /** Whether the last event of the run is its end; true too where there is nothing, of an agent that never ran. */
    boolean isOver(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select kind in ('completed', 'failed', 'stopped') from run_event
                        where run_id = :run order by seq desc limit 1
                        """)
                .bind("run", run.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true));
    }

    /** The newest entry that tells a step of the work: no remark, decision of the guard or piece of a reply. */
    Event lastStep(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event where run_id = :run
                            and (seq = 1 or kind not in ('noted', 'egress_judged', 'model_spoke'))
                        order by seq desc limit 1
                        """)
                .bind("run", run.value())
                .map(this::event)
                .one());
    }

    /**
     * The whole log but the pieces of replies, which the replies repeat, and all pictures but the newest, which are
     * large and shown no more.
     */
    List<Event> story(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event where run_id = :run and kind <> 'model_spoke' and (
                            kind <> 'tool_showed' or seq in (
                                select seq from run_event where run_id = :run and kind = 'tool_showed'
                                order by seq desc limit :pictures))
                        order by seq
                        """)
                .bind("run", run.value())
                .bind("pictures", Transcript.PICTURES)
                .map(this::event)
                .list());
    }

    /** The same, from the last reply of the model on. */
    List<Event> lastTurn(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event
                        where run_id = :run and kind not in ('model_spoke', 'tool_showed') and seq >= (
                            select max(seq) from run_event where run_id = :run and kind = 'model_replied')
                        order by seq
                        """)
                .bind("run", run.value())
                .map(this::event)
                .list());
    }

    /** For trials, which fill the tables of this store and of those beside it. */
    TrialStore trial() {
        return new TrialStore(jdbi);
    }

    List<Event> steps(RunId run, LogQuery query) {
        String kinds = query.kinds().isEmpty()
                ? ""
                : query.kinds().stream()
                        .map(kind -> "'" + kind.word() + "'")
                        .collect(Collectors.joining(", ", "and kind in (", ")"));
        String side = query.newestFirst() ? (query.after() == 0 ? "is not null" : "< :after") : "> :after";
        return jdbi.withHandle(handle -> {
            Query select = handle.createQuery("select * from run_event where run_id = :run and step " + side + " "
                    + kinds + " order by step " + (query.newestFirst() ? "desc" : "asc") + " limit :limit");
            select.bind("run", run.value()).bind("limit", query.limit());
            if (side.contains(":after")) {
                select.bind("after", query.after());
            }
            return select.map(this::event).list();
        });
    }

    /** The whole log up to a step, but the pieces of replies. */
    List<Event> until(RunId run, long step) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event where run_id = :run and kind <> 'model_spoke'
                            and seq <= (select seq from run_event where run_id = :run and step = :step)
                        order by seq
                        """)
                .bind("run", run.value())
                .bind("step", step)
                .map(this::event)
                .list());
    }

    /** Of those kinds, behind a place among all events. */
    List<Event> entries(RunId run, long after, Set<EventKind> kinds, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event where run_id = :run and seq > :after and kind = any(:kinds)
                        order by seq limit :limit
                        """)
                .bind("run", run.value())
                .bind("after", after)
                .bindArray("kinds", String.class, words(kinds))
                .bind("limit", limit)
                .map(this::event)
                .list());
    }

    /** One entry by its place; empty when the log has none there. */
    Optional<Event> at(RunId run, long seq) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from run_event where run_id = :run and seq = :seq")
                        .bind("run", run.value())
                        .bind("seq", seq)
                        .map(this::event)
                        .findOne());
    }

    /** The newest entry of those kinds. */
    Optional<Event> newest(RunId run, Set<EventKind> kinds) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_event where run_id = :run and kind = any(:kinds) order by seq desc limit 1
                        """)
                .bind("run", run.value())
                .bindArray("kinds", String.class, words(kinds))
                .map(this::event)
                .findOne());
    }

    /**
     * What fits a query, in the order in which it looks. What is stored holds a text as JSON strings do, sometimes JSON
     * inside JSON, so that all three spellings may be meant; whether the entry says it indeed, its reader has to see.
     */
    List<Event> matching(RunId run, EventQuery query) {
        Long before = query.before();
        String sql = "select * from run_event where run_id = :run and seq > :after"
                + (before == null ? "" : " and seq < :before")
                + (query.kinds().isEmpty() ? "" : " and kind = any(:kinds)")
                + (query.pieces() ? "" : " " + WITHOUT_PIECES)
                + (query.text().isEmpty() ? "" : " " + HOLDING)
                + " order by seq " + (before == null ? "asc" : "desc") + " limit :limit";
        return jdbi.withHandle(handle -> {
            Query select = handle.createQuery(sql)
                    .bind("run", run.value())
                    .bind("after", query.after())
                    .bind("limit", query.limit());
            if (before != null) {
                select.bind("before", before);
            }
            if (!query.kinds().isEmpty()) {
                select.bindArray("kinds", String.class, words(query.kinds()));
            }
            if (!query.text().isEmpty()) {
                select.bindArray("spellings", String.class, EntryWords.spellings(query.text()));
            }
            return select.map(this::event).list();
        });
    }

    private static List<String> words(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::word).toList();
    }

    /** Takes what was said and done out of the log of an agent's runs, for good; who follows one still sees an end. */
    void forget(AgentId agent, Entry.Stopped end) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    delete from run_event where kind not in ('completed', 'failed', 'stopped')
                        and run_id in (select id from run where agent_id = ?)
                    """, agent.value());
            handle.execute(
                    """
                    update run_event set kind = ?, label = ?, payload = ?, digest = null
                    where run_id in (select id from run where agent_id = ?)
                    """,
                    EventKind.of(end).word(),
                    Labels.of(end),
                    codec.write(end).text(),
                    agent.value());
        });
    }

    private Event event(ResultSet row, StatementContext context) throws SQLException {
        EventKind kind = EventKind.of(row.getString("kind"));
        Instant at = row.getTimestamp("at").toInstant();
        return new Event(
                new RunId(row.getObject("run_id", UUID.class)),
                row.getLong("seq"),
                row.getLong("step"),
                at,
                codec.read(kind, new Json(row.getString("payload"))));
    }
}
