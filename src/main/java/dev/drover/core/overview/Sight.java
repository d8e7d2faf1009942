package dev.drover.core.overview;

import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a caller sees: an agent itself and those it made, a user what is theirs or shared with them, operators all.
 *
 * @param user null when it sees everybody's
 * @param email at which agents are shared with the user
 * @param self the agent that looks
 */
record Sight(
        @Nullable UserId user,
        @Nullable String email,
        @Nullable AgentId self) {
    static Sight of(Caller caller) {
        AgentId self = caller.agent();
        if (self != null) {
            return new Sight(null, null, self);
        }
        return caller.user().role() == Role.USER
                ? new Sight(caller.user().id(), caller.user().email(), null)
                : new Sight(null, null, null);
    }

    boolean isAll() {
        return user == null && self == null;
    }

    /** What holds of the agents seen, as a condition on {@code agent a}. */
    String agents() {
        if (user == null || email == null) {
            return own();
        }
        return "(a.owner_id = :user or a.id in (select agent_id from agent_share where email = :email))";
    }

    /** The same without what is merely shared: somebody else pays for that. */
    String own() {
        if (self != null) {
            return ":self in (a.id, a.parent_id)";
        }
        return user == null ? "true" : "a.owner_id = :user";
    }

    /** The values of the names in {@link #agents}. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(ownValues());
        if (user != null && email != null) {
            values.put("email", email);
        }
        return values;
    }

    /** The values of the names in {@link #own}. */
    Map<String, UUID> ownValues() {
        if (self != null) {
            return Map.of("self", self.value());
        }
        return user == null ? Map.of() : Map.of("user", user.value());
    }
}
