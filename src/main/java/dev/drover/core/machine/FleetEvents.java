package dev.drover.core.machine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Passes what happens to agents on to whoever watches on this server. */
public final class FleetEvents {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(Consumer<FleetEvent> ear, BooleanSupplier watches) {}

    /** Returns at once if the listeners do: they must not block. */
    public void publish(FleetEvent event) {
        listeners.forEach(listener -> listener.ear().accept(event));
    }

    /** Whether anybody wants to know what runs do, which costs a query for each of them. */
    public boolean isWatched() {
        return listeners.stream().anyMatch(listener -> listener.watches().getAsBoolean());
    }

    /** Hears what happens to agents and their computers; it may miss what their runs do. */
    public Listening listen(Consumer<FleetEvent> ear) {
        return listen(ear, () -> false);
    }

    /** @param watches whether it wants to know what runs do at this moment */
    public Listening listen(Consumer<FleetEvent> ear, BooleanSupplier watches) {
        Listener listener = new Listener(ear, watches);
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
