package dev.drover;

import dev.drover.core.run.Leases;
import dev.drover.core.run.RunLog;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunWorker;
import dev.drover.core.run.Runs;

/** Those who work runs on this server, and keep them alive. */
record RunSetup(Runs runs, Leases leases, RunWorker worker) {
    static RunSetup open(RunRoom room, Closing closing) {
        room.notices().passTo(room.bells(), room.liveRuns());
        RunLog log = closing.with(new RunLog(room));
        Leases leases = closing.with(new Leases(room));
        RunWorker worker = closing.with(new RunWorker(room, log));
        return new RunSetup(new Runs(room, worker), leases, worker);
    }

    /** Takes up what is left and what comes. */
    void begin(Ground ground) {
        ground.notifications().start();
        leases.start(worker, ground.alone(), ground.clockwork());
        ground.clockwork().start();
    }
}
