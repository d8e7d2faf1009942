package dev.drover.core.agent;

import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.util.Set;

/**
 * Who may use one agent at one moment, beside administrators.
 *
 * @param emails of those it is shared with, in lower case
 * @param callers the agents that may call it
 */
public record Audience(AgentId agent, UserId owner, Set<String> emails, Set<AgentId> callers) {
    public Audience {
        emails = Set.copyOf(emails);
        callers = Set.copyOf(callers);
    }

    public boolean includes(Caller caller) {
        AgentId self = caller.agent();
        if (self != null) {
            return self.equals(agent) || callers.contains(self);
        }
        String email = caller.user().email();
        return caller.user().role() != Role.USER
                || caller.user().id().equals(owner)
                || (email != null && emails.contains(email));
    }
}
