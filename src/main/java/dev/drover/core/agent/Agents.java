package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes agents and names them. */
public final class Agents {
    private final AgentStore store;
    private final Ids ids;
    private final Clock clock;
    private final List<BiConsumer<Caller, AgentId>> lastLooks = new CopyOnWriteArrayList<>();
    private final List<Consumer<AgentId>> goodbyes = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<AgentId, String>> namings = new CopyOnWriteArrayList<>();
    private final List<Consumer<AgentId>> farewells = new CopyOnWriteArrayList<>();

    public Agents(AgentStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores a new agent with its first run, in the caller's transaction.
     *
     * @param name null when nobody named it; it then has a stand-in to show and a slug made of its identity
     */
    public Agent create(UserId owner, @Nullable String name, Origin origin, String profile, @Nullable AgentId parent) {
        return create(owner, new NewAgent(name, origin, profile, null, parent), 1);
    }

    /** Stores a new agent that has not run yet, in the caller's transaction. */
    public Agent create(UserId owner, NewAgent order) {
        return create(owner, order, 0);
    }

    /**
     * The same with a slug made of another word than its name.
     *
     * @param word empty for a slug made of its identity
     * @param hold what keeps it from running
     */
    public Agent create(UserId owner, NewAgent order, String word, Hold hold) {
        Agent agent = create(owner, order, word, 0);
        store.hold(agent.id(), hold);
        return agent;
    }

    private Agent create(UserId owner, NewAgent order, int runs) {
        String name = order.name();
        return create(owner, order, name == null ? "" : name, runs);
    }

    private Agent create(UserId owner, NewAgent order, String word, int runs) {
        AgentId id = new AgentId(ids.next());
        var born = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String name = order.name();
        String shown = name == null ? Agent.UNTITLED : name;
        return Slugs.candidates(word, id)
                .map(slug -> new Agent(
                        id,
                        owner,
                        shown,
                        slug,
                        order.origin(),
                        order.profile(),
                        order.prompt(),
                        order.parent(),
                        born,
                        Hold.NONE))
                .filter(agent -> store.insert(agent, runs))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the slug of agent " + id + " is taken, which has its id"));
    }

    /**
     * Stores a new agent of exactly this name, which nobody finds before it is {@linkplain #show shown}; refused when
     * the name is taken.
     *
     * @param id nobody else's yet
     */
    public Agent createHidden(AgentId id, UserId owner, String slug, NewAgent order) {
        var born = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Agent agent = new Agent(
                id,
                owner,
                slug,
                slug,
                order.origin(),
                order.profile(),
                order.prompt(),
                order.parent(),
                born,
                Hold.NONE);
        if (!store.insert(agent, 0)) {
            throw new Refused(new Problem.Taken("Agent already exists"));
        }
        store.hide(id, born);
        return agent;
    }

    /** Whether some agent has the slug, hidden ones too. */
    public boolean isTaken(String slug) {
        return store.isTaken(slug);
    }

    public void show(AgentId agent) {
        store.show(agent);
    }

    /** Takes back one that was never shown. */
    public void erase(AgentId agent) {
        store.erase(agent);
    }

    /** Gives an agent another slug, and another name too where both were equal; false when the slug is taken. */
    public boolean rename(AgentId agent, String slug) {
        boolean renamed = store.rename(agent, slug);
        if (renamed) {
            store.find(agent)
                    .filter(now -> now.name().equals(slug))
                    .ifPresent(now -> namings.forEach(also -> also.accept(agent, slug)));
        }
        return renamed;
    }

    /** Whoever keeps something made of an agent's name is told of a new one in the same transaction. */
    public void whenRenamed(BiConsumer<AgentId, String> also) {
        namings.add(also);
    }

    /**
     * Changes what it is called and told; its slug stays.
     *
     * @param prompt null when its profile's words will do
     */
    public void describe(AgentId agent, String name, @Nullable String prompt) {
        store.describe(agent, name, prompt);
    }

    /** Who deletes an agent is told beforehand, while the agent is still there; in the same transaction. */
    public void beforeDeletion(BiConsumer<Caller, AgentId> also) {
        lastLooks.add(also);
    }

    /** What else is stored of an agent goes in the transaction in which the agent is deleted. */
    public void whenDeleted(Consumer<AgentId> also) {
        goodbyes.add(also);
    }

    /** What is not stored, such as a computer, goes when the deletion is kept. */
    public void afterDeletion(Consumer<AgentId> also) {
        farewells.add(also);
    }

    /** To be told when the deletion of an agent is kept. */
    public void gone(AgentId agent) {
        farewells.forEach(also -> also.accept(agent));
    }

    /** The caller's agent; refused as not found when there is none. */
    public Agent get(Caller caller, AgentId agent) {
        return store.find(caller, agent).orElseThrow(() -> unknown(agent));
    }

    /** Without regard to who asks; for the house itself. */
    public Optional<Agent> find(AgentId agent) {
        return store.find(agent);
    }

    /** Whether the agent exists for the caller: an agent's own credentials see that agent and those it made. */
    public boolean sees(Caller caller, AgentId agent) {
        return store.find(caller, agent).isPresent();
    }

    /**
     * The caller's agents, oldest first.
     *
     * @param origin the dialect they were born in; null for all
     */
    public List<Agent> list(Caller caller, @Nullable Origin origin) {
        return store.list(caller, origin);
    }

    /** Changes what is not null. */
    public void change(AgentId agent, @Nullable String name, @Nullable String profile, @Nullable String prompt) {
        store.change(agent, name, profile, prompt);
    }

    /**
     * Numbers a further run of the caller's agent; refused while something holds it. Nobody else numbers one before the
     * transaction ends, so that runs begin in the order of their numbers.
     */
    public int anotherRun(Caller caller, AgentId agent) {
        AgentStore.Numbered numbered = store.anotherRun(caller, agent).orElseThrow(() -> unknown(agent));
        numbered.hold().forRun();
        if (numbered.halted()) {
            throw new Refused(new Problem.OnHold("The squad of the agent is paused", "squad_paused"));
        }
        return numbered.ordinal();
    }

    /** Locks the agent until the transaction ends and tells why no run of it may start. */
    public Hold holdOf(AgentId agent) {
        store.lock(agent);
        return store.find(agent).orElseThrow(() -> unknown(agent)).hold();
    }

    /** From the end of the transaction on no run of the agent starts, or runs do again. */
    public void hold(AgentId agent, Hold hold) {
        store.hold(agent, hold);
    }

    /** The same for an agent whose squad rests, or works again. */
    public void halt(AgentId agent, boolean halted) {
        store.halt(agent, halted);
    }

    /** Makes all that numbers a run of the caller's agent or deletes it wait until the transaction ends. */
    public void lock(Caller caller, AgentId agent) {
        store.lock(agent);
        get(caller, agent);
    }

    /** The slug of an agent that will never work again is free for others. */
    public void retire(AgentId agent) {
        store.retire(agent);
    }

    /** From now on the agent is that user's, and what it costs too. */
    public void entrust(AgentId agent, UserId owner) {
        store.entrust(agent, owner);
    }

    /** From here on the agent is found by nobody, and its slug is free. */
    public void delete(Caller caller, AgentId agent) {
        lastLooks.forEach(also -> also.accept(caller, agent));
        store.delete(agent, clock.instant());
        goodbyes.forEach(also -> also.accept(agent));
    }

    /** Takes one that is long done out of the house, with all that other rooms store of it; nobody asked for that. */
    public void prune(AgentId agent) {
        goodbyes.forEach(also -> also.accept(agent));
        store.erase(agent);
    }

    private static Refused unknown(AgentId agent) {
        return new Refused(new Problem.NotFound(Problem.Thing.AGENT, agent.toString()));
    }

    /** Gives an agent that nobody named a title; the slug stays. */
    public void title(AgentId agent, String title) {
        store.rename(agent, Agent.UNTITLED, title);
    }

    /** Spells slugs for an agent made outside Trinity (its contract, sections 1.2 and 7.1), the best first. */
    static final class Slugs {
        private static final int LONGEST = AgentName.LONGEST;
        private static final int TAIL = 12;
        private static final int LAST_COUNTED = 9;

        private Slugs() {}

        /** From the tenth of a name on the identity tells them apart, so that nobody counts through thousands. */
        static Stream<String> candidates(String name, AgentId id) {
            String tail = id.toString().substring(id.toString().length() - TAIL);
            String slug = AgentName.spelled(name);
            if (slug.isEmpty()) {
                return Stream.of("agent-" + tail);
            }
            Stream<String> counted =
                    Stream.iterate(2, n -> n <= LAST_COUNTED, n -> n + 1).map(n -> cut(slug, LONGEST - 2) + "-" + n);
            return Stream.of(
                            Stream.of(cut(slug, LONGEST)),
                            counted,
                            Stream.of(cut(slug, LONGEST - TAIL - 1) + "-" + tail))
                    .flatMap(candidates -> candidates)
                    .filter(candidate -> !Agent.isReserved(candidate));
        }

        private static String cut(String slug, int length) {
            return slug.substring(0, Math.min(slug.length(), length)).replaceAll("-+$", "");
        }
    }
}
