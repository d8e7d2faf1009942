package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import java.time.Instant;

/**
 * A file that an agent looks things up in.
 *
 * @param description what it begins with
 * @param temporary whether it goes after a day, unless an agent adopts it
 */
public record Context(
        ContextId id,
        AgentId agent,
        String name,
        String description,
        FileType type,
        boolean temporary,
        Instant createdAt) {}
