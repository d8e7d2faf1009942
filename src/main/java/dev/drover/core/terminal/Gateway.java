package dev.drover.core.terminal;

import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.util.Set;

/** Where people come in. */
public interface Gateway {
    /** What whoever comes in is called. */
    String USER = "developer";

    /**
     * Listens on exactly these ports from now on, and ends each session that was opened by a way in that is not among
     * these any more.
     *
     * @throws IOException when it cannot listen on one of them; the others are as they should be
     */
    void attend(Set<Place> places) throws IOException;

    /** A computer that is on, and the ways into it. */
    record Place(AgentId agent, int port, Set<AccessId> ways) {
        public Place {
            ways = Set.copyOf(ways);
        }
    }
}
