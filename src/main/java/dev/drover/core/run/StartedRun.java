package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;

/**
 * A run as whoever started it holds on to it.
 *
 * @param ordinal its number among the runs of the agent
 */
public record StartedRun(RunId id, AgentId agent, int ordinal, Instant createdAt) {}
