package dev.drover.core.context;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** What is done with the files of agents. */
public final class Contexts {
    private static final Duration TEMPORARY = Duration.ofHours(24);

    private final ContextHouse house;
    private final ContextStore store;
    private final ContextLimits limits;
    private final FileReading reading;
    private final PieceVectors vectors;

    public Contexts(ContextHouse house, TextReader reader, ContextLimits limits, PieceVectors vectors, int window) {
        this.house = house;
        this.store = house.contexts();
        this.limits = limits;
        this.reading = new FileReading(reader, limits, window);
        this.vectors = vectors;
    }

    public ContextLimits limits() {
        return limits;
    }

    /** Refuses an agent that is none of the caller's. */
    public void see(Caller caller, AgentId agent) {
        house.agents().get(caller, agent);
    }

    /** Reads a file and keeps its text; it is found by words at once, by meaning soon. */
    public Context add(Caller caller, AddContext order) throws InterruptedException {
        see(caller, order.agent());
        refuseWhenFull(caller, order.agent(), 1);
        List<String> pieces = reading.pieces(order);
        Context context = new Context(
                new ContextId(house.ids().next()),
                order.agent(),
                order.name(),
                Cutter.description(pieces),
                order.type(),
                order.temporary(),
                house.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        house.transactions().run(() -> {
            store.lock(caller.user().id());
            see(caller, order.agent());
            refuseWhenFull(caller, order.agent(), 1);
            store.insert(caller.user().id(), context);
            house.pieces().insert(context.id(), pieces);
            house.audit().record(caller.actor(), "context.add", context.id().toString(), "of agent " + order.agent());
        });
        vectors.wake();
        return context;
    }

    private void refuseWhenFull(Caller caller, AgentId agent, int more) {
        ContextStore.Counts counts = store.counts(caller.user().id(), agent);
        Refused.when(
                counts.ofAgent() + more > limits.perAgent(),
                "agentId",
                "has %d contexts, and an agent may have %d: delete one first"
                        .formatted(counts.ofAgent(), limits.perAgent()));
        Refused.when(
                counts.ofTeam() + more > limits.perTeam(),
                "teamId",
                "has %d contexts, and a team may have %d: delete one first"
                        .formatted(counts.ofTeam(), limits.perTeam()));
    }

    /** Oldest first. */
    public List<Context> list(Caller caller, AgentId agent) {
        see(caller, agent);
        return store.of(List.of(agent));
    }

    /** The files of several agents, for whoever has made sure of these; agents without any are left out. */
    public Map<AgentId, List<Context>> of(Collection<AgentId> agents) {
        return store.of(agents).stream().collect(Collectors.groupingBy(Context::agent));
    }

    public void delete(Caller caller, ContextId id) {
        boolean deleted = store.find(caller.user().id(), id)
                .filter(context -> house.agents().sees(caller, context.agent()))
                .filter(context -> store.delete(context.id()))
                .isPresent();
        if (!deleted) {
            throw new Refused(new Problem.NotFound(Problem.Thing.CONTEXT, id.toString()));
        }
        house.audit().record(caller.actor(), "context.delete", id.toString(), "");
    }

    /** Gives a new agent temporary files of its team, for good; in the caller's transaction. */
    public void adopt(Caller caller, AgentId agent, List<ContextId> ids) {
        SequencedSet<ContextId> wanted = new LinkedHashSet<>(ids);
        if (wanted.isEmpty()) {
            return;
        }
        store.lock(caller.user().id());
        for (ContextId id : wanted) {
            Context context = store.find(caller.user().id(), id)
                    .filter(found -> house.agents().sees(caller, found.agent()))
                    .orElseThrow(() -> Refused.invalid("contexts", "has " + id + ", which is no context of the team"));
            if (!context.agent().equals(agent)) {
                Refused.when(
                        !context.temporary(),
                        "contexts",
                        "has " + id + ", which belongs to agent " + context.agent()
                                + " for good: upload the file again for this one");
                store.adopt(id, agent);
            }
        }
        int now = store.counts(caller.user().id(), agent).ofAgent();
        Refused.when(
                now > limits.perAgent(),
                "contexts",
                "has %d files, and an agent may have %d".formatted(now, limits.perAgent()));
    }

    /** Removes all files of an agent that is being deleted; in the caller's transaction, behind the deletion. */
    public void forget(AgentId agent) {
        store.lock(agent);
        store.deleteOf(agent);
    }

    /** Removes temporary files that nobody adopted within a day. */
    public void sweep() {
        store.deleteTemporary(house.clock().instant().minus(TEMPORARY));
    }
}
