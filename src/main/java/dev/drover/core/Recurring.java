package dev.drover.core;

import java.time.Duration;

/** Work that comes back by the clock, done by one node of all at a time. */
public interface Recurring {
    /** First at once; then again so long after each end. A failure is logged, and the work comes back all the same. */
    void every(String name, Duration interval, Runnable work);
}
