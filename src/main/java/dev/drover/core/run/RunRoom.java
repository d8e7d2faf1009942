package dev.drover.core.run;

import dev.drover.core.Transactions;
import dev.drover.core.id.Ids;
import java.util.UUID;

/** What this room shares: one of each on a server. */
public record RunRoom(
        UUID node,
        Ids ids,
        RunStores stores,
        Transactions transactions,
        Workshop workshop,
        RunWorker worker,
        LiveRuns liveRuns,
        Bells bells) {}
