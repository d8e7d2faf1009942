package dev.drover.core.id;

import java.util.UUID;

/** The identity of an agent, the same in every dialect. */
public record AgentId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
