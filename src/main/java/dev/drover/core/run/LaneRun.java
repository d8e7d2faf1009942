package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.List;

/** A completed run of a lane: what it came with, and its answer as the last message. */
public record LaneRun(RunId run, Instant createdAt, List<Said> messages) {
    public LaneRun {
        messages = List.copyOf(messages);
    }
}
