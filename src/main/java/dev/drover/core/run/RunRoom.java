package dev.drover.core.run;

import dev.drover.core.Transactions;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agents;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.usage.Plan;
import java.time.Instant;
import java.util.UUID;

/** What the classes of this room share: one of each on a server. */
public record RunRoom(
        UUID node,
        Ids ids,
        RunStores stores,
        Transactions transactions,
        RunNotices notices,
        Bells bells,
        LiveRuns liveRuns,
        Agents agents,
        Artifacts artifacts,
        Audit audit,
        RunHooks hooks,
        Workshop workshop) {
    /** Refuses a run that would go over the caller's plan; spawns of one account wait here for each other. */
    void admit(Caller caller, Instant now) {
        Plan plan = workshop.plan();
        if (plan.limits(caller.rate())) {
            stores.standings().lock(caller.user().id());
            plan.admit(stores.standings().standing(caller, plan, now), caller.rate());
        }
    }

    RunEnder ender() {
        return new RunEnder(this);
    }
}
