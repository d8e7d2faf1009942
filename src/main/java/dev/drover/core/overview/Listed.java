package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent in a list of all dialects.
 *
 * @param profile of the model that it thinks with
 * @param activeAt when it last did something
 * @param run that works or waits; null when there is none
 * @param heartbeat whether that is a run of a heartbeat
 * @param doing that run's step in a few words
 * @param key by which it was put in order
 */
public record Listed(
        AgentId id,
        String name,
        String slug,
        Origin origin,
        AgentState state,
        String owner,
        String profile,
        List<String> tags,
        Instant createdAt,
        Instant activeAt,
        @Nullable RunId run,
        boolean heartbeat,
        @Nullable String doing,
        String key) {
    public Listed {
        tags = List.copyOf(tags);
    }

    RosterQuery.Place place() {
        return new RosterQuery.Place(key, id.value());
    }

    /**
     * A page of agents.
     *
     * @param total on all pages
     * @param next where the next one begins; null on the last
     */
    public record Page(List<Listed> items, int total, RosterQuery.@Nullable Place next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
