package dev.drover.api.trinity;

import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.run.Event;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of an execution as frames, each as soon as it is stored; their ids are places in the log (ours). */
final class TrinityExecutionFrames implements Frames {
    private final Follower follower;
    private final List<Frame> first;

    /** @param head tells which execution it is, as the first frame; null for a reader who comes back */
    TrinityExecutionFrames(Follower follower, @Nullable Head head) {
        this.follower = follower;
        this.first = new ArrayList<>(head == null ? List.of() : List.of(new Frame("0", "execution", line(head))));
    }

    record Head(UUID executionId, @Nullable UUID sessionId) {}

    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        if (!first.isEmpty()) {
            List<Frame> head = List.copyOf(first);
            first.clear();
            return head;
        }
        return follower.next(atMost).stream()
                .flatMap(event -> frame(event).stream())
                .toList();
    }

    private static Optional<Frame> frame(Event event) {
        return TrinityLogEntry.of(event)
                .map(entry -> new Frame(String.valueOf(entry.seq()), entry.type(), line(entry)));
    }

    private static String line(Object value) {
        return JsonCodec.line(value);
    }

    @Override
    public boolean ended() {
        return first.isEmpty() && follower.ended();
    }

    @Override
    public void close() {
        follower.close();
    }
}
