package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Fills a database with runs that are over, to try how it answers when there are many of them. */
public final class LogFilling {
    private static final int RUNS_AT_ONCE = 4_000;
    private static final int TURNS = 6;
    private static final int LONG_TURNS_AT_ONCE = 500;

    private final RunRoom room;
    private final Caller owner;
    private final IntFunction<List<Entry>> turn;
    private final TrialStore store;

    LogFilling(RunRoom room, Caller owner, IntFunction<List<Entry>> turn) {
        this.room = room;
        this.owner = owner;
        this.turn = turn;
        this.store = room.stores().events().trial();
    }

    /**
     * Adds runs until that many more events are stored, nearly.
     *
     * @return the agents of the last runs, the newest last
     * @throws InterruptedException when told to give up
     */
    public List<AgentId> fill(long events) throws InterruptedException {
        List<Entry> story = story(TURNS);
        List<UUID> agents = List.of();
        for (long left = events / story.size(); left > 0; left -= agents.size()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("told to give up");
            }
            agents = ids((int) Math.min(left, RUNS_AT_ONCE));
            List<UUID> runs = ids(agents.size());
            Instant now = room.workshop().clock().instant();
            store.runs(agents, runs, owner.user().id(), owner.rateKey(), now);
            store.events(runs, LogEnd.NOTHING.continued(new RunId(runs.getFirst()), story, now, codec()));
        }
        return agents.stream().map(AgentId::new).toList();
    }

    /**
     * Adds one long run.
     *
     * @return its agent
     */
    public AgentId fillOne(int turns) {
        List<UUID> agent = ids(1);
        List<UUID> run = ids(1);
        RunId id = new RunId(run.getFirst());
        Instant now = room.workshop().clock().instant();
        store.runs(agent, run, owner.user().id(), owner.rateKey(), now);
        LogEnd end = LogEnd.NOTHING;
        List<Entry> story = story(turns);
        int atOnce = LONG_TURNS_AT_ONCE * turn.apply(1).size();
        for (int from = 0; from < story.size(); from += atOnce) {
            List<Entry> next = story.subList(from, Math.min(story.size(), from + atOnce));
            List<LogLine> piece = end.continued(id, next, now, codec());
            store.events(run, piece);
            for (LogLine line : piece) {
                end = end.behind(line);
            }
        }
        return new AgentId(agent.getFirst());
    }

    private EventCodec codec() {
        return room.stores().events().codec();
    }

    private List<Entry> story(int turns) {
        List<Entry> story = new ArrayList<>();
        story.add(new Entry.Noted("Planning task…"));
        for (int number = 1; number <= turns; number++) {
            story.addAll(turn.apply(number));
        }
        story.add(new Entry.Completed("done"));
        return story;
    }

    private List<UUID> ids(int count) {
        return Stream.generate(() -> room.ids().next()).limit(count).toList();
    }

    /** Waits until the database has settled behind all that; how large its events are, in MiB. */
    public double settle() {
        store.settle();
        return store.mebibytes();
    }
}
