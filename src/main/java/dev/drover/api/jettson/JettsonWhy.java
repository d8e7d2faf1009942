package dev.drover.api.jettson;

import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Why;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why an agent stands where it stands (contract, section 13.9). */
record JettsonWhy(
        String agentId,
        @Nullable String runId,
        String status,
        @Nullable Holder holder,
        String doing,
        @Nullable String waitingFor,
        @Nullable String waitingId,
        Instant since,
        @Nullable Instant until,
        String unblock) {
    static JettsonWhy of(Why why) {
        Why.Holder holder = why.holder();
        Why.Waiter waiter = why.waitingFor();
        RunId run = why.run();
        return new JettsonWhy(
                Spelling.AGENT.of(why.agent().value()),
                run == null ? null : run.toString(),
                JettsonAgent.word(why.status()),
                holder == null ? null : new Holder(holder.node().toString(), holder.leaseUntil()),
                why.doing(),
                waiter == null ? null : JettsonAgent.word(waiter),
                why.waitingId(),
                why.since(),
                why.until(),
                why.unblock());
    }

    record Holder(String node, Instant leaseUntil) {}
}
