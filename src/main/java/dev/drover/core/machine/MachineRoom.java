package dev.drover.core.machine;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.agent.Avatars;
import dev.drover.core.agent.McpKeys;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.Runs;
import java.time.Clock;

/** What the classes of this room share: one of each on a server. */
public record MachineRoom(
        MachineBooks books,
        MachineFloor floor,
        MachineSpecs specs,
        HolderStore holders,
        Ports ports,
        LocalTemplates templates,
        RemoteTemplates repositories,
        Avatars avatars,
        FleetEvents events,
        Agents agents,
        Runs runs,
        McpKeys keys,
        ModelProfiles profiles,
        Transactions transactions,
        Audit audit,
        Ids ids,
        Clock clock) {}
