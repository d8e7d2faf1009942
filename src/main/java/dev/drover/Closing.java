package dev.drover;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in the opposite order. */
final class Closing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers it and hands it back. */
    <T extends AutoCloseable> T with(T thing) {
        opened.push(thing);
        return thing;
    }

    /** Closes everything, whatever fails on the way; a second call does nothing. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.warn("something did not close well", e);
            }
        }
    }
}
