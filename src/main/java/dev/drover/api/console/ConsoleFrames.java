package dev.drover.api.console;

import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.overview.Lookouts;
import java.time.Duration;
import java.util.List;

/** Overviews as server-sent events; it ends now and then, so that who comes back shows that they still may. */
final class ConsoleFrames implements Frames {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Lookouts.Following following;
    private final long began = System.nanoTime();

    ConsoleFrames(Lookouts.Following following) {
        this.following = following;
    }

    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        Lookouts.Version version = following.next(atMost);
        return version == null
                ? List.of()
                : List.of(new Frame(version.id(), "overview", JsonCodec.line(ConsoleOverview.of(version.overview()))));
    }

    @Override
    public boolean ended() {
        return System.nanoTime() - began > LONGEST.toNanos();
    }

    @Override
    public void close() {
        following.close();
    }
}
