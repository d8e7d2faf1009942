package dev.drover.api.console;

import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.List;

/** All events of a run as server-sent events, each with the same bytes as in a list. */
record ConsoleEventFrames(Follower follower, int cut) implements Frames {
    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        return follower.next(atMost).stream()
                .map(event -> ConsoleEvent.of(event, cut).frame())
                .toList();
    }

    @Override
    public boolean ended() {
        return follower.ended();
    }

    @Override
    public void close() {
        follower.close();
    }
}
