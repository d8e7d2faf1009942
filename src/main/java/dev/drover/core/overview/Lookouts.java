package dev.drover.core.overview;

import dev.drover.core.Bell;
import dev.drover.core.access.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps followers up to date. Those who see the same share one look, however many they are. */
public final class Lookouts implements AutoCloseable {
    private final Overviews overviews;
    private final Bell bell;
    private final Map<Sight, Lookout> lookouts = new ConcurrentHashMap<>();

    public Lookouts(Overviews overviews, Bell bell) {
        this.overviews = overviews;
        this.bell = bell;
    }

    /**
     * Follows from now on; whoever asks closes it.
     *
     * @param seen the version that the follower has already; null for none
     */
    public Following follow(Caller caller, @Nullable String seen) {
        Sight sight = Sight.of(caller);
        Lookout lookout = lookouts.compute(sight, (_, there) -> {
            Lookout found = there == null ? new Lookout(overviews, bell, sight) : there;
            found.enter();
            return found;
        });
        return new Following(this, lookout, seen);
    }

    private void leave(Lookout lookout) {
        lookouts.computeIfPresent(lookout.sight(), (_, there) -> there.leave() ? null : there);
    }

    /** Nobody looks any more. */
    @Override
    public void close() {
        lookouts.values().forEach(Lookout::close);
        bell.ring();
    }

    /** An overview, and what tells it from others. */
    public record Version(String id, Overview overview) {}

    /** One who follows; for one thread. */
    public static final class Following implements AutoCloseable {
        private final Lookouts lookouts;
        private final Lookout lookout;
        private @Nullable String seen;

        private Following(Lookouts lookouts, Lookout lookout, @Nullable String seen) {
            this.lookouts = lookouts;
            this.lookout = lookout;
            this.seen = seen;
        }

        /** The newest that was not seen; null when the time is up before there is one. */
        public @Nullable Version next(Duration atMost) throws InterruptedException {
            Version version = lookout.next(seen, atMost);
            if (version != null) {
                seen = version.id();
            }
            return version;
        }

        @Override
        public void close() {
            lookouts.leave(lookout);
        }
    }
}
