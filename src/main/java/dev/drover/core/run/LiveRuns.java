package dev.drover.core.run;

import dev.drover.core.computer.Computer;
import dev.drover.core.id.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The runs this server works on right now. */
public final class LiveRuns {
    private final Map<RunId, LiveRun> byId = new ConcurrentHashMap<>();
    private volatile boolean lettingGo;
    private volatile boolean leaving;

    /** Begins when an earlier work on the same run has left: an agent has one computer at a time. */
    LiveRun begin(RunId run, Thread worker) {
        LiveRun live = new LiveRun(worker);
        LiveRun before = byId.put(run, live);
        if (leaving) {
            live.leave();
        }
        if (lettingGo) {
            live.end(LiveRun.Cause.SHUTDOWN);
        }
        if (before != null) {
            before.end(LiveRun.Cause.LOST);
            before.awaitGone();
        }
        return live;
    }

    void done(RunId run, LiveRun live) {
        byId.remove(run, live);
        live.gone();
    }

    boolean contains(RunId run) {
        return byId.containsKey(run);
    }

    /** The computer that the run works in here, if it works here and has opened one. */
    Optional<Computer> openComputer(RunId run) {
        return Optional.ofNullable(byId.get(run)).flatMap(LiveRun::openComputer);
    }

    /** Ends the work on a run that was stopped, if it is done here. */
    public void stop(RunId run) {
        LiveRun live = byId.get(run);
        if (live != null) {
            live.end(LiveRun.Cause.STOPPED);
        }
    }

    /** Ends all work, also what begins later, each between two steps, so that another server can go on with it. */
    void leave() {
        leaving = true;
        byId.values().forEach(LiveRun::leave);
    }

    /** Ends all work, also what begins later, so that another server can go on with it. */
    void letGo() {
        lettingGo = true;
        byId.values().forEach(live -> live.end(LiveRun.Cause.SHUTDOWN));
    }

    /** How many there are. */
    public int count() {
        return byId.size();
    }
}
