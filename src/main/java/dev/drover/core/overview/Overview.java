package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ApprovalId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SquadId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole server at a glance, as far as somebody sees it. Two of the same content are equal.
 *
 * @param states how many agents of each dialect stand how
 */
public record Overview(
        List<Count> states, Cut<InFlight> runs, Figures figures, Cut<Question> approvals, Cut<Concern> attention) {
    public Overview {
        states = List.copyOf(states);
    }

    /** So many agents of one dialect stand so. */
    public record Count(Origin origin, AgentState state, int agents) {}

    /**
     * The first of something, and how many there are of it.
     *
     * @param total never fewer than are shown
     */
    public record Cut<T>(List<T> items, int total) {
        public Cut {
            items = List.copyOf(items);
        }
    }

    /**
     * A run that works or waits.
     *
     * @param heartbeat whether it came of a heartbeat
     * @param squad in which it works
     * @param task what it is to do; of a heartbeat why it was woken
     * @param running false while it waits
     * @param doing its step, in a few words
     * @param at when that step began
     */
    public record InFlight(
            RunId run,
            boolean heartbeat,
            AgentId agent,
            String name,
            String slug,
            Origin origin,
            @Nullable SquadId squad,
            String task,
            boolean running,
            Instant since,
            String doing,
            Instant at,
            long tokens) {}

    /**
     * A question that waits for an operator.
     *
     * @param type as hire_agent
     * @param about the name of the agent to be hired
     */
    public record Question(
            ApprovalId id,
            SquadId squad,
            String squadName,
            String type,
            @Nullable String about,
            Instant since) {}
}
