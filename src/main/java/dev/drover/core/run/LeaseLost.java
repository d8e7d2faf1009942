package dev.drover.core.run;

import dev.drover.core.id.RunId;

/** Somebody else holds or has ended the run: whoever gets this stops working on it and stores nothing more. */
final class LeaseLost extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseLost(RunId run) {
        super("run " + run + " is no longer ours");
    }
}
