package dev.drover.core.usage;

import dev.drover.core.id.UserId;
import java.time.Instant;

/** A stretch of time in which one holder worked on a run. */
public record AgentTime(UserId account, Instant from, Instant until) {}
