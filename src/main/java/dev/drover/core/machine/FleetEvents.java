package dev.drover.core.machine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes what happens to agents on to whoever watches on this server. */
public final class FleetEvents {
    private final List<Consumer<FleetEvent>> listeners = new CopyOnWriteArrayList<>();

    /** Returns at once if the listeners do: they must not block. */
    public void publish(FleetEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    public Listening listen(Consumer<FleetEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Closing it ends the listening. */
    @FunctionalInterface
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
