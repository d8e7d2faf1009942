package dev.drover.core.run;

import dev.drover.core.access.SpawnRate;
import dev.drover.core.usage.Plan;
import dev.drover.core.usage.Standing;
import java.time.YearMonth;

/**
 * What an account has used of its plan (Jettson contract, section 13.4).
 *
 * @param now the windows of the calling key, and what is at work at this moment
 * @param rate of the calling key
 * @param hours of agents at work in the month
 * @param memories live ones at this moment
 */
public record AccountUsage(
        Plan plan, YearMonth month, Standing now, SpawnRate rate, double hours, int memories, Tally tally) {
    /** The runs that were spawned in the month, how many of them ended how, and their tokens. */
    public record Tally(int spawned, int completed, int failed, int stopped, long inputTokens, long outputTokens) {}
}
