package dev.drover.core.machine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Passes what happens to agents on to whoever watches, on this server and on others. */
public final class FleetEvents {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Elsewhere elsewhere = Elsewhere.NOBODY;

    private record Listener(Consumer<FleetEvent> ear, BooleanSupplier watches) {}

    /** The other servers; none of it blocks. */
    interface Elsewhere {
        Elsewhere NOBODY = new Elsewhere() {
            @Override
            public void tell(FleetEvent event) {
                // There is nobody.
            }

            @Override
            public boolean isWatched() {
                return false;
            }

            @Override
            public void watched() {
                // Nobody needs to know.
            }
        };

        void tell(FleetEvent event);

        boolean isWatched();

        void watched();
    }

    void with(Elsewhere others) {
        elsewhere = others;
    }

    /** Returns at once if the listeners do: they must not block. */
    public void publish(FleetEvent event) {
        deliver(event);
        if (!(event instanceof FleetEvent.Activity) || elsewhere.isWatched()) {
            elsewhere.tell(event);
        }
    }

    /** To those on this server alone. */
    void deliver(FleetEvent event) {
        listeners.forEach(listener -> listener.ear().accept(event));
    }

    /** Whether anybody wants to know what runs do, which costs a query for each of them. */
    public boolean isWatched() {
        return isWatchedHere() || elsewhere.isWatched();
    }

    boolean isWatchedHere() {
        return listeners.stream().anyMatch(listener -> listener.watches().getAsBoolean());
    }

    /** Somebody wants to know from now on what runs do. */
    public void watched() {
        elsewhere.watched();
    }

    /** Hears what happens to agents and their computers; it may miss what their runs do. */
    public Listening listen(Consumer<FleetEvent> ear) {
        return listen(ear, () -> false);
    }

    /**
     * Hears all.
     *
     * @param watches whether it wants to know at this moment what runs do
     */
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
