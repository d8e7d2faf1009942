package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import java.util.List;

/** Finds agents by their names for all who may use them: owners, administrators, those they are shared with. */
public final class NamedAgents {
    private final NamedAgentStore store;

    public NamedAgents(NamedAgentStore store) {
        this.store = store;
    }

    /** Refused as not found for everybody alike when there is none; the caller's right is told, not judged. */
    public Reached reach(Caller caller, String name) {
        return store.reach(caller, name)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.AGENT, name)));
    }

    /** The same for one that is known by its id. */
    public Reached reach(Caller caller, AgentId agent) {
        return store.reach(caller, agent)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.AGENT, agent.toString())));
    }

    /** Of all agents that the caller may use, sorted. */
    public List<String> accessible(Caller caller) {
        return store.names(caller);
    }

    /** Who may use the agent now; of one that is gone, its owner. */
    public Audience audience(AgentId agent) {
        return store.audience(agent)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.AGENT, agent.toString())));
    }
}
