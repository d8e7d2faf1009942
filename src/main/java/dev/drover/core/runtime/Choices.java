package dev.drover.core.runtime;

import dev.drover.core.id.AgentId;

/** What agents chose about their programs, as it is at the moment. */
@FunctionalInterface
public interface Choices {
    Choices USUAL = agent -> Order.Choice.USUAL;

    Order.Choice of(AgentId agent);
}
