package dev.drover.core.conversation;

import dev.drover.core.agent.Agent;
import dev.drover.core.connection.ConnectedModel;
import dev.drover.core.context.Context;
import java.util.List;

/**
 * An agent that people talk to.
 *
 * @param past what it was before its last changes, oldest first
 */
public record TalkingAgent(
        Agent agent, Settings settings, List<Configuration> past, ConnectedModel model, List<Context> contexts) {
    public TalkingAgent {
        past = List.copyOf(past);
        contexts = List.copyOf(contexts);
    }
}
