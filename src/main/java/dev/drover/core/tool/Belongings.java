package dev.drover.core.tool;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tools keep while one holder works one run, such as an open browser: tools themselves serve all runs and keep
 * nothing. Used by one call after the other; closed when the holder leaves the run.
 */
public final class Belongings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Belongings.class);

    private final SequencedMap<Object, AutoCloseable> kept = new LinkedHashMap<>();

    /** What is kept under the key, made now if there is nothing yet. */
    public <T extends AutoCloseable> T of(Object key, Class<T> type, Supplier<T> maker) {
        return type.cast(kept.computeIfAbsent(key, _ -> maker.get()));
    }

    @Override
    public void close() {
        for (AutoCloseable belonging : kept.reversed().values()) {
            try {
                belonging.close();
            } catch (Exception e) {
                LOG.warn("a tool's belonging was not closed", e);
            }
        }
        kept.clear();
    }
}
