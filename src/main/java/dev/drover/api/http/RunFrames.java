package dev.drover.api.http;

import dev.drover.core.run.Event;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.List;

/** What a follower of a run is told, as server-sent events in the words of whoever asks. */
public record RunFrames(Follower follower, SharedWords words) implements Frames {
    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        List<Event> events = follower.next(atMost);
        return events.isEmpty() ? List.of() : List.of(words.of(events));
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
