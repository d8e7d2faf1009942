package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.tool.Schemas;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes runs once more from their logs, and tells whether they come to the same. */
public final class Replays {
    private static final Set<EventKind> WITHOUT_PIECES = EnumSet.complementOf(EnumSet.of(EventKind.MODEL_SPOKE));

    private final RunStores stores;
    private final Schemas schemas;
    private final Canon canon;

    public Replays(RunStores stores, Schemas schemas) {
        this.stores = stores;
        this.schemas = schemas;
        this.canon = new Canon(stores.events().codec());
    }

    /** Of a run that there is, without regard to who asks. */
    public Replay of(RunId id) {
        Run run = stores.views().of(id).run();
        List<Event> events = stores.events().entries(id, 0, WITHOUT_PIECES, Integer.MAX_VALUE);
        Brief brief = stores.seen().brief(id).orElse(null);
        String logHash = canon.hash(events.stream().map(Event::entry).toList());
        boolean over = run.status().isTerminal();
        String obstacle = stores.rows().isPruned(id) ? "its log was pruned" : obstacle(events);
        if (obstacle != null) {
            return new Replay(id, run.agent(), over, events.size(), 0, logHash, null, null, obstacle);
        }
        ReplayLog log = new ReplayLog(events, canon);
        new Replaying(new Replaying.Score(id, run.task(), stores.seen().options(id), brief, events), log, schemas)
                .play();
        return new Replay(
                id,
                run.agent(),
                over,
                events.size(),
                log.made(),
                logHash,
                canon.hash(log.came()),
                log.difference(),
                null);
    }

    private static @Nullable String obstacle(List<Event> events) {
        return events.isEmpty() || events.getFirst().seq() != 1 ? "the beginning of its log was deleted" : null;
    }
}
