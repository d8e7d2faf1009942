package dev.drover.core.machine;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to agents that people watch (Trinity contract, section 12). */
public sealed interface FleetEvent {
    AgentId agent();

    /** Its name at that moment. */
    String name();

    record Created(AgentId agent, String name) implements FleetEvent {}

    /**
     * It is gone.
     *
     * @param audience who had access just before
     */
    record Deleted(AgentId agent, String name, Audience audience) implements FleetEvent {}

    /**
     * It is on.
     *
     * @param injection what became of its credential bundle: success, skipped, failed
     */
    record Started(AgentId agent, String name, String injection) implements FleetEvent {}

    /**
     * It is off.
     *
     * @param reason {@code exited} when it ended by itself; null when somebody stopped it
     */
    record Stopped(AgentId agent, String name, @Nullable String reason) implements FleetEvent {}

    record Renamed(AgentId agent, String former, String name) implements FleetEvent {}

    record Shared(AgentId agent, String name, String email) implements FleetEvent {}

    /**
     * It is shared with somebody no more.
     *
     * @param audience who had access just before
     */
    record Unshared(AgentId agent, String name, String email, Audience audience) implements FleetEvent {}

    /**
     * A piece of work begins or ends.
     *
     * @param type such as {@code chat_start}, {@code schedule_start}, {@code tool_call}
     * @param state {@code started}, {@code completed} or {@code failed}
     */
    record Activity(
            AgentId agent,
            String name,
            String id,
            String type,
            String state,
            String action,
            Instant at,
            @Nullable String error)
            implements FleetEvent {}

    /** Who had access at some moment: the owner, and addresses in lower case. */
    record Audience(UserId owner, Set<String> emails) {
        public Audience {
            emails = Set.copyOf(emails);
        }
    }
}
