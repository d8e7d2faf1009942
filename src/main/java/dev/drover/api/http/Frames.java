package dev.drover.api.http;

import java.time.Duration;
import java.util.List;

/** Where the events of a stream come from. Pulled by the thread that writes them, so nothing piles up between. */
public interface Frames extends AutoCloseable {
    /** The next events; blocks until there are some or the time is up, and is empty then or at the end. */
    List<Frame> next(Duration atMost) throws InterruptedException;

    /** Whether the last event has been handed out. */
    boolean ended();

    /**
     * The reader went away, or took nothing for too long, before the last event was handed out. Told once, before
     * {@link #close}; never when it is the server that stops.
     */
    default void abandoned() {}

    @Override
    void close();
}
