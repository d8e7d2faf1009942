package dev.drover.core.run;

import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Fills the real tables with more than anybody would wait for runs to write, for trials of how they are read. */
final class TrialStore {
    private final Jdbi jdbi;

    TrialStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs that are over, each of an agent of its own; the log of each is stored apart. */
    void runs(List<UUID> agents, List<UUID> runs, UserId owner, String rateKey, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with old as (select * from unnest(:agents, :runs) as t (agent, run)),
                        agents as (
                            insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                            select agent, :owner, 'of a trial', 'trial-' || agent, 'jettson', 'jettson-6.0', :at, 1
                            from old)
                        insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer,
                            result, created_at, ended_at, worked_ms, fence, iterations, input_tokens, output_tokens,
                            tools, tool_calls)
                        select run, agent, :owner, 1, :rateKey, 'a trial', 'iad', 'completed', 'destroyed', 'done',
                            :at, :at, 1000, 1, 6, 7200, 480, array['shell_run'], array[6]
                        from old
                        """)
                .bindArray("agents", UUID.class, agents)
                .bindArray("runs", UUID.class, runs)
                .bind("owner", owner.value())
                .bind("rateKey", rateKey)
                .bind("at", at)
                .execute());
    }

    /** The same events in the log of each of those runs; their digests, which nobody checks, are of the first. */
    void events(List<UUID> runs, List<LogLine> lines) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run_event (run_id, seq, step, at, kind, label, payload, digest)
                        select r.run, e.seq, nullif(e.step, 0), :at, e.kind, e.label, e.payload,
                            decode(e.digest, 'hex')
                        from unnest(:runs) with ordinality as r (run, place)
                        cross join unnest(:seqs, :steps, :kinds, :labels, :payloads, :digests)
                            as e (seq, step, kind, label, payload, digest)
                        order by r.place, e.seq
                        """)
                .bindArray("runs", UUID.class, runs)
                .bind("at", lines.getFirst().event().at())
                .bindArray("seqs", Long.class, numbers(lines, Event::seq))
                .bindArray("steps", Long.class, numbers(lines, Event::step))
                .bindArray("kinds", String.class, texts(lines, LogLine::kind))
                .bindArray("labels", String.class, texts(lines, LogLine::label))
                .bindArray("payloads", String.class, texts(lines, LogLine::payload))
                .bindArray(
                        "digests",
                        String.class,
                        texts(lines, line -> line.digest().toString()))
                .execute());
    }

    private static List<Long> numbers(List<LogLine> lines, Function<Event, Long> number) {
        return lines.stream().map(LogLine::event).map(number).toList();
    }

    private static List<String> texts(List<LogLine> lines, Function<LogLine, String> text) {
        return lines.stream().map(text).toList();
    }

    /** What a database that is left alone does by itself by and by. */
    void settle() {
        jdbi.useHandle(handle -> {
            handle.execute("vacuum (analyze) agent");
            handle.execute("vacuum (analyze) run");
            handle.execute("vacuum (analyze) run_event");
        });
    }

    /** How large the table of events is, with its indexes, in MiB. */
    double mebibytes() {
        return Objects.requireNonNull(
                jdbi.withHandle(handle -> handle.createQuery("select pg_total_relation_size('run_event') / 1048576.0")
                        .mapTo(Double.class)
                        .one()));
    }
}
