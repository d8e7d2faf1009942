package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import java.util.List;

/** Looks things up in the files of an agent. */
@FunctionalInterface
public interface References {
    References NONE = (agent, question) -> List.of();

    /**
     * The passages that fit the question best, the best first (Make contract, section 3.8). An agent without files
     * costs one question to the database.
     */
    List<Excerpt> about(AgentId agent, String question) throws InterruptedException;
}
