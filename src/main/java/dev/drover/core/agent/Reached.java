package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;

/**
 * An agent that somebody asked for by its name, and how near that somebody is to it.
 *
 * @param caller who asked
 */
public record Reached(Agent agent, User owner, Right right, Caller caller) {
    public AgentId id() {
        return agent.id();
    }

    public String name() {
        return agent.slug();
    }

    /** Refuses whom the agent is not even shared with. */
    public Reached forUse() {
        if (right == Right.NONE) {
            throw new Refused(new Problem.Forbidden("Access denied to agent"));
        }
        return this;
    }

    /** Refuses all but its owner and administrators. */
    public Reached forOwner() {
        forUse();
        if (!isOwnerLevel()) {
            throw new Refused(new Problem.Forbidden("Owner access required"));
        }
        return this;
    }

    /** Whether whoever asked is the owner, an administrator or not. */
    public boolean isOwner() {
        return caller.agent() == null && caller.user().id().equals(owner.id());
    }

    public boolean isOwnerLevel() {
        return right.compareTo(Right.OWNER) >= 0;
    }

    /** Whoever asked, at work for the owner: runs of the agent are the owner's. */
    public Caller behalf() {
        return caller.onBehalfOf(owner);
    }
}
