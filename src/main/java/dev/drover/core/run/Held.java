package dev.drover.core.run;

import java.time.Duration;

/**
 * A run as its holder takes it up.
 *
 * @param profile the name of the model profile
 * @param worked run time of earlier holders
 */
record Held(Run run, Lease lease, String profile, Duration worked) {
    /** Whether somebody worked on it before. */
    boolean isTakenOver() {
        return lease.fence() > 1;
    }
}
