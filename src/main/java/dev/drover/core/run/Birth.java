package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is first stored.
 *
 * @param rateKey whose window it counts in
 * @param node the one that holds it from the start
 * @param lane null when it waits for no other run
 * @param brief null when it is asked as its agent's profile says
 * @param first what its log begins with
 */
record Birth(
        RunId run,
        AgentId agent,
        UserId owner,
        int ordinal,
        String rateKey,
        String task,
        String region,
        Instant at,
        UUID node,
        RunOptions options,
        @Nullable UUID lane,
        @Nullable Brief brief,
        List<Entry> first) {
    /** What the log of a run begins with that is asked by its profile (Jettson contract, section 4.3). */
    static final List<Entry> PLANNING = List.of(new Entry.Noted("Planning task…"));

    /** The first run of an agent made for it. */
    static Birth of(RunId run, Agent agent, SpawnAgent order, String rateKey, UUID node, List<Entry> first) {
        return new Birth(
                run,
                agent.id(),
                agent.owner(),
                1,
                rateKey,
                order.task(),
                order.region(),
                agent.createdAt(),
                node,
                order.options(),
                null,
                null,
                first);
    }
}
