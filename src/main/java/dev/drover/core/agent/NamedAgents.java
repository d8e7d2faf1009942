package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;

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
}
