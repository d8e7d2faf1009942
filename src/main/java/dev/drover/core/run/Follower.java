package dev.drover.core.run;

import java.time.Duration;
import java.util.List;

/** Reads the steps of one run as they are stored, from a place in its log to the end. For one thread. */
public interface Follower extends AutoCloseable {
    /** Whether the last step of a run that is over has been handed out, or lay before the place this began at. */
    boolean ended();

    /** The next steps in order; blocks until there are some or the time is up, and is empty then or when it ended. */
    List<Event> next(Duration atMost) throws InterruptedException;

    @Override
    void close();
}
