package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The runs this server works on right now. */
public final class LiveRuns {
    private final Map<RunId, LiveRun> byId = new ConcurrentHashMap<>();

    LiveRun begin(RunId run, Thread worker) {
        LiveRun live = new LiveRun(worker);
        LiveRun before = byId.put(run, live);
        if (before != null) {
            before.end(LiveRun.Cause.LOST);
        }
        return live;
    }

    void done(RunId run, LiveRun live) {
        byId.remove(run, live);
    }

    /** Ends the work on a run that was stopped, if it is done here. */
    public void stop(RunId run) {
        LiveRun live = byId.get(run);
        if (live != null) {
            live.end(LiveRun.Cause.STOPPED);
        }
    }

    void endAll(LiveRun.Cause cause) {
        byId.values().forEach(live -> live.end(cause));
    }

    /** How many there are. */
    public int count() {
        return byId.size();
    }
}
