package dev.drover;

import dev.drover.core.run.Leases;
import dev.drover.core.run.RunLog;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunWorker;
import dev.drover.core.run.Runs;
import java.net.URI;
import java.time.Duration;

/** Those who work runs on this server, and keep them alive. */
record RunSetup(RunRoom room, Runs runs, Leases leases, RunWorker worker) {
    static RunSetup open(RunRoom room, Duration lease, Closing closing) {
        room.notices().passTo(room.bells(), room.liveRuns());
        RunLog log = closing.with(new RunLog(room));
        Leases leases = closing.with(new Leases(room, lease));
        RunWorker worker = closing.with(new RunWorker(room, log));
        return new RunSetup(room, new Runs(room, worker), leases, worker);
    }

    /**
     * Tells other servers of this one, and takes up what is left and what comes.
     *
     * @param url where others reach it
     * @param host the installation that it is
     */
    void begin(Ground ground, URI url, String host) {
        room.stores().nodes().introduce(room.node(), url, host);
        room.notices().handTo(room.node(), room.liveRuns(), worker);
        ground.notifications().start();
        leases.start(worker, ground.alone(), ground.clockwork());
        ground.clockwork().start();
    }
}
