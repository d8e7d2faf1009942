package dev.drover.core.run;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
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
    RunEnder ender() {
        return new RunEnder(this);
    }
}
