package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.id.RunId;
import dev.drover.core.model.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code run} and {@code run_event} by lanes. */
public final class LaneStore {
    private final Jdbi jdbi;
    private final EventCodec codec;

    public LaneStore(Jdbi jdbi, EventCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** The nearest run before that one which is not over. */
    Optional<RunId> openBefore(UUID lane, int ordinal) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id from run where lane = :lane and ordinal < :ordinal and ended_at is null
                        order by ordinal desc limit 1
                        """)
                .bind("lane", lane)
                .bind("ordinal", ordinal)
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                .findOne());
    }

    boolean isBusy(UUID lane) {
        return openBefore(lane, Integer.MAX_VALUE).isPresent();
    }

    /** The newest session that a program of the runtime worked in before that run. */
    Optional<String> session(UUID lane, int ordinal, String runtime) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.payload from run r
                        join run_event e on e.run_id = r.id and e.step is not null and e.kind = 'session_began'
                        where r.lane = :lane and r.ordinal < :ordinal
                        order by r.ordinal desc, e.seq desc limit 1
                        """)
                .bind("lane", lane)
                .bind("ordinal", ordinal)
                .map((row, context) -> codec.read(EventKind.SESSION_BEGAN, new Json(row.getString("payload"))))
                .findOne()
                .flatMap(entry ->
                        entry instanceof Entry.SessionBegan(String worked, String session) && worked.equals(runtime)
                                ? Optional.of(session)
                                : Optional.empty()));
    }

    /** What earlier runs used in a session. */
    Usage used(UUID lane, int ordinal, String session) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        select r.input_tokens, r.output_tokens, e.payload from run r
                        join run_event e on e.run_id = r.id and e.step is not null and e.kind = 'session_began'
                        where r.lane = :lane and r.ordinal < :ordinal
                        """)
                .bind("lane", lane)
                .bind("ordinal", ordinal)
                .map((row, context) -> codec.read(EventKind.SESSION_BEGAN, new Json(row.getString("payload")))
                                        instanceof Entry.SessionBegan began
                                && began.session().equals(session)
                        ? new Usage(row.getLong("input_tokens"), row.getLong("output_tokens"), 0, 0)
                        : Usage.NONE)
                .list()
                .stream()
                .reduce(Usage.NONE, Usage::plus));
    }

    /** What was said in completed runs before that one, the newest of them, oldest first. */
    List<Said> earlier(UUID lane, int ordinal, int runs) {
        return runs(lane, ordinal, runs).stream()
                .flatMap(run -> run.messages().stream())
                .toList();
    }

    /** The completed runs of a lane, oldest first. */
    List<LaneRun> runs(UUID lane) {
        return runs(lane, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private List<LaneRun> runs(UUID lane, int before, int newest) {
        List<Line> lines = jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, r.created_at, r.result, e.payload
                        from (select * from run where lane = :lane and ordinal < :before and status = 'completed'
                            order by ordinal desc limit :newest) r
                        left join run_event e on e.run_id = r.id and e.step is not null and e.kind = 'spoken'
                        order by r.ordinal, e.seq
                        """)
                .bind("lane", lane)
                .bind("before", before)
                .bind("newest", newest)
                .map((row, context) -> line(row))
                .list());
        List<LaneRun> runs = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.said() != null) {
                said.add(line.said());
            }
            boolean isLast = i + 1 == lines.size()
                    || !lines.get(i + 1).run().run().equals(line.run().run());
            if (isLast) {
                said.addAll(line.run().messages());
                runs.add(new LaneRun(line.run().run(), line.run().createdAt(), said));
                said.clear();
            }
        }
        return runs;
    }

    private Line line(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        LaneRun run = new LaneRun(
                new RunId(row.getObject("id", UUID.class)),
                row.getTimestamp("created_at").toInstant(),
                List.of(new Said(Said.Speaker.ASSISTANT, row.getString("result"))));
        return new Line(
                run,
                payload != null && codec.read(EventKind.SPOKEN, new Json(payload)) instanceof Entry.Spoken(Said said)
                        ? said
                        : null);
    }

    /** A message, and the run that it came with, whose only message here is its answer. */
    private record Line(LaneRun run, @Nullable Said said) {}
}
