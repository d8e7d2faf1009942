package dev.drover.api.http;

import dev.drover.core.run.Event;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a follower of a run is told, as server-sent events in the words of whoever asks. */
public record RunFrames(Follower follower, Function<Event, Frame> words) implements Frames {
    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        List<Event> events = follower.next(atMost);
        List<Frame> frames = new ArrayList<>(events.size());
        for (Event event : events) {
            frames.add(words.apply(event));
        }
        return frames;
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
