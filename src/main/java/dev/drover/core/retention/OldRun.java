package dev.drover.core.retention;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;

/**
 * A run that is long over.
 *
 * @param whole whether its agent was made for it and for nothing else, and goes with it
 * @param resting whether no run of its agent is under way
 */
record OldRun(RunId run, AgentId agent, Instant endedAt, boolean whole, boolean resting) {}
