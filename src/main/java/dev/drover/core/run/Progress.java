package dev.drover.core.run;

import java.time.Instant;

/** A line of a run's short story: a remark, or the core name of a tool that was called. */
public record Progress(Instant at, boolean tool, String text) {}
