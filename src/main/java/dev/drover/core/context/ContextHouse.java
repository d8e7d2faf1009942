package dev.drover.core.context;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import java.time.Clock;

/** What the use cases of this room stand on. */
public record ContextHouse(
        ContextStore contexts,
        PieceStore pieces,
        Agents agents,
        Transactions transactions,
        Audit audit,
        Ids ids,
        Clock clock) {}
