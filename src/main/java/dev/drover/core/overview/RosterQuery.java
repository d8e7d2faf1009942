package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are wanted, and in which order.
 *
 * @param search a part of the name, the slug or a tag, or the whole id; null for all
 * @param states empty for all
 * @param origins empty for all
 * @param tag that they have; null for all
 * @param after where the page before ended; null for the first
 */
public record RosterQuery(
        @Nullable String search,
        @Nullable UUID id,
        Set<AgentState> states,
        Set<Origin> origins,
        @Nullable String tag,
        Sort sort,
        int limit,
        @Nullable Place after) {
    public RosterQuery {
        states = Set.copyOf(states);
        origins = Set.copyOf(origins);
    }

    /** By what agents are put in order; among equals the newest comes first. */
    public enum Sort {
        /** Newest first. */
        CREATED,
        NAME,
        /** Those that did something last come first. */
        ACTIVITY,
        /** Those that work come first. */
        STATE
    }

    /**
     * A place between two agents.
     *
     * @param key by which the one before it was put in order
     * @param agent that one
     */
    public record Place(String key, UUID agent) {}
}
