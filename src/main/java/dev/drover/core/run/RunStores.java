package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.usage.UsageStore;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The stores of this room, which share one database. */
public record RunStores(
        RunStore rows,
        RunFileStore files,
        RunLogStore events,
        RunViewStore views,
        NodeStore nodes,
        SpawnOnceStore once,
        StandingStore standings,
        WhyStore whys,
        LaneStore lanes,
        SeenRunStore seen,
        LogCheckStore checks,
        UsageStore usage) {
    public static RunStores in(Jdbi jdbi, EventCodec codec, OptionsCodec options) {
        return new RunStores(
                new RunStore(jdbi, options, codec),
                new RunFileStore(jdbi),
                new RunLogStore(jdbi, codec),
                new RunViewStore(jdbi),
                new NodeStore(jdbi),
                new SpawnOnceStore(jdbi),
                new StandingStore(jdbi),
                new WhyStore(jdbi, options),
                new LaneStore(jdbi, codec),
                new SeenRunStore(jdbi, options),
                new LogCheckStore(jdbi),
                new UsageStore(jdbi));
    }

    /** All entries of those kinds and the end, as whoever stores that end finds them in the same transaction. */
    public List<Event> told(RunId run, Set<EventKind> kinds) {
        return events.entries(run, 0, EventKind.withEnds(kinds), Integer.MAX_VALUE);
    }
}
