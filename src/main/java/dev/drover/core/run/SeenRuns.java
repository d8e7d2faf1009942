package dev.drover.core.run;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.computer.Isolation;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of all dialects over the one log, for everybody who may use their agents. */
public final class SeenRuns {
    private static final int PAGE = 200;

    /** After so many pages without a hit a search stops where it is, and its caller may go on. */
    private static final int PAGES_SEARCHED = 20;

    private final RunRoom room;
    private final Runs runs;

    public SeenRuns(RunRoom room, Runs runs) {
        this.room = room;
        this.runs = runs;
    }

    /** Newest first; refused as invalid {@code cursor} when that one is not the caller's to see. */
    public Page<SeenRun> list(Caller caller, RunFilter filter, int limit, @Nullable RunId before) {
        if (before != null && store().started(caller, before).isEmpty()) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<SeenRun> found = store().list(caller, filter, limit + 1, before);
        List<SeenRun> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().run().id().toString() : null);
    }

    /**
     * The same of one agent.
     *
     * @param agent its identity in either spelling, or its slug; null for all
     */
    public Page<SeenRun> list(
            Caller caller, @Nullable String agent, Set<RunStatus> statuses, int limit, @Nullable RunId before) {
        AgentId id = agent == null
                ? null
                : Spelling.AGENT
                        .read(agent)
                        .map(AgentId::new)
                        .orElseGet(() -> agent(caller, agent).agent().id());
        return list(caller, new RunFilter(id, statuses), limit, before);
    }

    /**
     * An agent of any dialect.
     *
     * @param spelled its identity in either spelling, or its slug
     */
    public SeenAgent agent(Caller caller, String spelled) {
        return store().agent(caller, spelled, Spelling.AGENT.read(spelled).orElse(null))
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.AGENT, spelled)));
    }

    /** All about a run but its log. */
    public RunDetail get(Caller caller, RunId id) {
        SeenRun run = store().find(caller, id).orElseThrow(() -> unknown(id));
        RunOptions options = store().options(id);
        RunLogStore log = room.stores().events();
        return new RunDetail(
                run,
                options,
                store().brief(id).orElse(null),
                isolation(id),
                failure(id),
                new Whys(room).of(run.run()),
                room.artifacts().kept(run.agent().id()),
                agent(caller, run.agent().id().toString()),
                log.end(id).seq());
    }

    private @Nullable Isolation isolation(RunId run) {
        return room.stores()
                .events()
                .newest(run, EnumSet.of(EventKind.COMPUTER_OPENED))
                .map(event -> event.entry() instanceof Entry.ComputerOpened opened ? opened.isolation() : null)
                .orElse(null);
    }

    private @Nullable String failure(RunId run) {
        return room.stores()
                .events()
                .newest(run, EnumSet.of(EventKind.FAILED))
                .map(event -> event.entry() instanceof Entry.Failed failed ? failed.message() : null)
                .orElse(null);
    }

    /** What fits, oldest first; its cursor is the place to go on from in the direction of the query. */
    public Page<Event> events(Caller caller, RunId run, EventQuery query) {
        started(caller, run);
        return query.text().isEmpty() ? page(run, query) : search(run, query);
    }

    private Page<Event> page(RunId run, EventQuery query) {
        List<Event> found = room.stores().events().matching(run, query.limited(query.limit() + 1));
        List<Event> page = found.subList(0, Math.min(query.limit(), found.size()));
        return new Page<>(
                query.inOrder(page),
                found.size() > query.limit() ? String.valueOf(page.getLast().seq()) : null);
    }

    private Page<Event> search(RunId run, EventQuery query) {
        List<Event> hits = new ArrayList<>();
        EventQuery from = query.limited(PAGE);
        for (int i = 0; i < PAGES_SEARCHED; i++) {
            List<Event> page = room.stores().events().matching(run, from);
            for (Event event : page) {
                if (EntryWords.say(event.entry(), query.text())) {
                    hits.add(event);
                }
                if (hits.size() == query.limit()) {
                    return hits(query, hits, event);
                }
            }
            if (page.size() < PAGE) {
                return hits(query, hits, null);
            }
            from = from.from(page.getLast());
        }
        return new Page<>(query.inOrder(hits), String.valueOf(from.place()));
    }

    private static Page<Event> hits(EventQuery query, List<Event> hits, @Nullable Event last) {
        return new Page<>(query.inOrder(hits), last == null ? null : String.valueOf(last.seq()));
    }

    /** One event by its place among all. */
    public Event event(Caller caller, RunId run, long seq) {
        started(caller, run);
        return room.stores()
                .events()
                .at(run, seq)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.RUN, run + " with an event " + seq)));
    }

    /** Follows all events behind a place; refused as invalid {@code after} when the log has not come so far. */
    public Follower follow(Caller caller, RunId run, long after) {
        return runs.follow(started(caller, run), after);
    }

    /** Where the time of a run went, in the order of its beginnings. */
    public List<Span> spans(Caller caller, RunId id) {
        SeenRun run = store().find(caller, id).orElseThrow(() -> unknown(id));
        Timings timings = new Timings(run.profile(), run.run().createdAt());
        RunLogStore log = room.stores().events();
        List<Event> page = log.entries(id, 0, Timings.TELLING, PAGE);
        while (!page.isEmpty()) {
            page.forEach(timings::take);
            page = log.entries(id, page.getLast().seq(), Timings.TELLING, PAGE);
        }
        return timings.spans();
    }

    /** Ends a run as stopped; one that is over stays as it is. What is returned shows the real status. */
    public SeenRun stop(Caller caller, RunId id) {
        runs.stop(caller, started(caller, id));
        return store().find(caller, id).orElseThrow(() -> unknown(id));
    }

    /** A file that the run's agent left. */
    public Artifact artifact(Caller caller, RunId run, ArtifactId id) {
        StartedRun started = started(caller, run);
        return room.artifacts()
                .find(id)
                .filter(artifact -> artifact.agent().equals(started.agent()))
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.ARTIFACT, id.toString())));
    }

    /** The bytes of one that was seen before. */
    public InputStream content(Artifact artifact) {
        return room.artifacts().content(artifact, 0, artifact.size());
    }

    /**
     * Executes a run once more from its log, and compares.
     *
     * @param spelled its identity, or that of an agent for its newest run
     */
    public Replay replay(Caller caller, String spelled) {
        return new Replays(room.stores(), room.workshop().schemas()).of(run(caller, spelled));
    }

    private RunId run(Caller caller, String spelled) {
        if (Spelling.isUuid(spelled)) {
            RunId run = new RunId(UUID.fromString(spelled));
            if (store().started(caller, run).isPresent()) {
                return run;
            }
        }
        RunId newest = agent(caller, spelled).newest();
        if (newest == null) {
            throw new Refused(new Problem.NotFound(Problem.Thing.RUN, spelled));
        }
        return newest;
    }

    private StartedRun started(Caller caller, RunId run) {
        return store().started(caller, run).orElseThrow(() -> unknown(run));
    }

    private SeenRunStore store() {
        return room.stores().seen();
    }

    private static Refused unknown(RunId run) {
        return new Refused(new Problem.NotFound(Problem.Thing.RUN, run.toString()));
    }
}
