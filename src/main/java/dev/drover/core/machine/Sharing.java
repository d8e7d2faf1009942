package dev.drover.core.machine;

import dev.drover.core.agent.Audience;
import dev.drover.core.agent.NamedAgents;
import dev.drover.core.agent.Reached;
import dev.drover.core.agent.Share;
import dev.drover.core.agent.Shares;
import java.util.List;

/** Shares agents, and tells those who watch. */
public final class Sharing {
    private final Shares shares;
    private final NamedAgents agents;
    private final FleetEvents events;

    public Sharing(Shares shares, NamedAgents agents, FleetEvents events) {
        this.shares = shares;
        this.agents = agents;
        this.events = events;
    }

    /** Newest first. */
    public List<Share> list(Reached agent) {
        return shares.list(agent);
    }

    public Share share(Reached agent, String email) {
        Share share = shares.share(agent, email);
        events.publish(new FleetEvent.Shared(agent.id(), agent.name(), share.email()));
        return share;
    }

    /** False when it was not shared with that address. */
    public boolean end(Reached agent, String email) {
        Audience before = agents.audience(agent.id());
        if (!shares.end(agent, email)) {
            return false;
        }
        events.publish(new FleetEvent.Unshared(
                agent.id(),
                agent.name(),
                Shares.lower(email),
                new FleetEvent.Audience(before.owner(), before.emails())));
        return true;
    }
}
