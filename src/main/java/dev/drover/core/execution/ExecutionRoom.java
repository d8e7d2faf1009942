package dev.drover.core.execution;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.machine.Machines;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.Runs;
import dev.drover.core.usage.Plan;
import java.time.Clock;

/** What the classes of this room share. */
public record ExecutionRoom(
        ExecutionStore store,
        ChatSessionStore sessions,
        Agents agents,
        Runs runs,
        Machines machines,
        ModelProfiles profiles,
        FleetEvents events,
        Transactions transactions,
        Audit audit,
        Plan plan,
        Ids ids,
        Clock clock) {}
