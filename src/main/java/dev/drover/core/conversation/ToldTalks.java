package dev.drover.core.conversation;

import dev.drover.core.id.RunId;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.RunStores;
import java.util.List;
import java.util.Set;

/** Runs for whoever must tell of their end, inside the transaction that stores it. */
public final class ToldTalks {
    private final ThreadStore threads;
    private final RunStores runs;

    public ToldTalks(ThreadStore threads, RunStores runs) {
        this.threads = threads;
        this.runs = runs;
    }

    public StartedTalk talk(RunId run) {
        return threads.talk(run);
    }

    /** The entries of those kinds in their order, the end last. */
    public List<Event> log(RunId run, Set<EventKind> kinds) {
        return runs.told(run, kinds);
    }
}
