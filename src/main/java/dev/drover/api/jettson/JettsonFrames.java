package dev.drover.api.jettson;

import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.core.run.Follower;
import dev.drover.core.tool.ToolStyle;
import java.time.Duration;
import java.util.List;

/** The steps of a run as server-sent events. */
record JettsonFrames(Follower follower, ToolStyle style) implements Frames {
    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        return follower.next(atMost).stream()
                .map(event -> JettsonEvent.of(event, style).frame())
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
