package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import dev.drover.core.memory.Vector;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code context_piece}: the text of files in pieces, their vectors, and who is at work on which. */
public final class PieceStore {
    private static final int BATCH = 500;

    private final Jdbi jdbi;

    public PieceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(ContextId context, List<String> texts) {
        jdbi.useHandle(handle -> {
            for (int from = 0; from < texts.size(); from += BATCH) {
                PreparedBatch batch =
                        handle.prepareBatch("insert into context_piece (context_id, ordinal, text) values (?, ?, ?)");
                for (int ordinal = from; ordinal < Math.min(from + BATCH, texts.size()); ordinal++) {
                    batch.add(context.value(), ordinal, texts.get(ordinal));
                }
                batch.execute();
            }
        });
    }

    /** The files of an agent, the newest first, and the revision of each. */
    SequencedMap<ContextId, Long> revisions(AgentId agent) {
        SequencedMap<ContextId, Long> revisions = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select id, revision from context where agent_id = :agent order by id desc")
                .bind("agent", agent.value())
                .map((row, context) ->
                        Map.entry(new ContextId(row.getObject("id", UUID.class)), row.getLong("revision")))
                .forEach(each -> revisions.put(each.getKey(), each.getValue())));
        return revisions;
    }

    /** What of a file changed behind a revision, with the vectors of that model, for as long as it is wanted. */
    void changed(ContextId context, long since, String model, Predicate<Read> wanted) {
        // The driver reads in batches only inside a transaction.
        jdbi.useTransaction(handle -> {
            try (var rows = handle.createQuery("""
                            select context_id, ordinal, text, case when embedded_by = :model then vectors end as vectors
                            from context_piece where context_id = :context and revision > :since order by ordinal
                            """)
                    .bind("model", model)
                    .bind("context", context.value())
                    .bind("since", since)
                    .setFetchSize(BATCH)
                    .map(PieceStore::read)
                    .iterator()) {
                boolean more = true;
                while (more && rows.hasNext()) {
                    more = wanted.test(rows.next());
                }
            }
        });
    }

    /** Some pieces with the names of their files, in the order asked for; what is gone by now is left out. */
    List<Excerpt> excerpts(List<Place> places) {
        Map<Place, Excerpt> found = jdbi.withHandle(handle -> handle
                .createQuery("""
                        select p.context_id, p.ordinal, c.name, p.text from context_piece p
                        join context c on c.id = p.context_id
                        join unnest(:contexts, :ordinals) as wanted (context_id, ordinal)
                            on wanted.context_id = p.context_id and wanted.ordinal = p.ordinal
                        """)
                .bindArray(
                        "contexts",
                        UUID.class,
                        places.stream().map(place -> place.context().value()).toList())
                .bindArray(
                        "ordinals",
                        Integer.class,
                        places.stream().map(Place::ordinal).toList())
                .map((row, context) -> Map.entry(place(row), new Excerpt(row.getString("name"), row.getString("text"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return places.stream()
                .flatMap(place -> Stream.ofNullable(found.get(place)))
                .toList();
    }

    /** Vectors of another model are owed anew. */
    void adopt(String model) {
        jdbi.useHandle(handle -> handle.execute(
                "update context_piece set embedded_by = null, claimed_until = null where embedded_by <> ?", model));
    }

    /**
     * Some pieces whose vectors are owed and that nobody works on; they are the caller's until the time given. None
     * when another model's vectors are the ones to keep.
     */
    List<Owed> claim(String model, int most, Instant now, Instant until) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update context_piece set claimed_until = :until where (context_id, ordinal) in (
                            select context_id, ordinal from context_piece where embedded_by is null
                                and (claimed_until is null or claimed_until < :now)
                                and exists (select 1 from embedding_model where name = :model)
                            order by context_id desc, ordinal limit :most for update skip locked)
                        returning context_id, ordinal, text
                        """)
                .bind("model", model)
                .bind("until", until)
                .bind("now", now)
                .bind("most", most)
                .map((row, context) -> new Owed(place(row), row.getString("text")))
                .list());
    }

    void release(Collection<Owed> owed) {
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "update context_piece set claimed_until = null where context_id = ? and ordinal = ?");
            owed.forEach(each ->
                    batch.add(each.place().context().value(), each.place().ordinal()));
            batch.execute();
        });
    }

    /** Takes the next revision of a file, and keeps others from doing so meanwhile; empty when the file is gone. */
    Optional<Long> nextRevision(ContextId context) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "update context set revision = revision + 1 where id = :id returning revision")
                .bind("id", context.value())
                .mapTo(Long.class)
                .findOne());
    }

    void store(Place place, String model, List<Vector> vectors, long revision) {
        jdbi.useHandle(handle -> handle.execute(
                """
                update context_piece set vectors = ?, embedded_by = ?, claimed_until = null, revision = ?
                where context_id = ? and ordinal = ?
                """, Vector.stored(vectors), model, revision, place.context().value(), place.ordinal()));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(new ContextId(row.getObject("context_id", UUID.class)), row.getInt("ordinal"));
    }

    private static Read read(ResultSet row, StatementContext context) throws SQLException {
        byte[] vectors = row.getBytes("vectors");
        return new Read(place(row), row.getString("text"), vectors == null ? List.of() : Vector.read(vectors));
    }

    /** Where a piece stands: the how manieth of which file, from 0. */
    record Place(ContextId context, int ordinal) {}

    /** A piece as an index reads it. */
    record Read(Place place, String text, List<Vector> vectors) {}

    /** A piece that has no vectors yet. */
    record Owed(Place place, String text) {}
}
