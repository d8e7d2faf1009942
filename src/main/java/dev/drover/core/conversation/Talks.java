package dev.drover.core.conversation;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Origin;
import dev.drover.core.egress.Network;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.Brief;
import dev.drover.core.run.LaneRun;
import dev.drover.core.run.RunMemory;
import dev.drover.core.run.RunOptions;
import dev.drover.core.run.StartRun;
import dev.drover.core.run.StartedRun;
import dev.drover.core.scenario.Field;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is said to agents, in threads of runs that follow on each other. */
public final class Talks {
    /** Always with milliseconds and offset, as {@code 2025-06-26T01:42:30.080-06:00} (Make contract, section 3.6). */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    /** An agent that was talked to remembers by its threads; what it learned is not for others to find. */
    private static final RunMemory NO_MEMORY = new RunMemory(false, false, null);

    private final ConversationRoom room;
    private final Conversations agents;

    public Talks(ConversationRoom room, Conversations agents) {
        this.room = room;
        this.agents = agents;
    }

    /** Begins a run of the caller's agent, behind those on the same thread, and returns at once. */
    public StartedTalk start(Caller caller, Agent agent, TalkOrder order) {
        Optional<Settings> own = room.settings().settings(agent.id());
        Settings settings = agents.checked(caller, own.orElse(Settings.USUAL), order.settings());
        String thread = order.thread() == null ? UUID.randomUUID().toString() : order.thread();
        boolean ownTools = own.isPresent()
                || agent.origin() == Origin.MAKE
                || order.settings().isOfTools();
        Brief brief = new Brief(
                agent.profile(),
                order.thread() == null ? 0 : settings.history(),
                settings.maxTokens(),
                ownTools ? settings.tools() : null,
                settings.recursionLimit(),
                Duration.ofSeconds(settings.stepSeconds()));
        StartedRun run = start(caller, thread, new Wish(agent, order, brief, options(settings, order)));
        return new StartedTalk(run, thread, settings.output().structured());
    }

    /** The caller's agent; refused as not found when there is none. */
    public Agent agent(Caller caller, AgentId agent) {
        return room.agents().get(caller, agent);
    }

    /** A run of the agent by its number; empty when there is none. */
    public Optional<StartedTalk> started(Caller caller, AgentId agent, int ordinal) {
        return room.runs()
                .started(caller, agent, ordinal)
                .map(run -> room.threads().talk(run.id()));
    }

    private record Wish(Agent agent, TalkOrder order, Brief brief, RunOptions options) {}

    /** The thread is made with its first run; of two first runs at once the later one looks again. */
    private StartedRun start(Caller caller, String thread, Wish wish) {
        AgentId agent = wish.agent().id();
        Optional<UUID> known = wish.order().thread() == null
                ? Optional.empty()
                : room.threads().lane(agent, thread);
        if (known.isPresent()) {
            return room.runs().start(caller, run(caller, wish, known.get()), () -> {});
        }
        UUID lane = UUID.randomUUID();
        try {
            return room.runs().start(caller, run(caller, wish, lane), () -> {
                if (!room.threads().insert(lane, agent, thread, room.clock().instant())) {
                    throw new ThreadThere();
                }
            });
        } catch (ThreadThere e) {
            return start(caller, thread, wish);
        }
    }

    private StartRun run(Caller caller, Wish wish, UUID lane) {
        return new StartRun(
                wish.agent().id(),
                lane,
                instructions(caller, wish.agent(), wish.order()),
                wish.order().messages(),
                wish.brief(),
                wish.options());
    }

    private String instructions(Caller caller, Agent agent, TalkOrder order) {
        String own = order.prompt() == null ? agent.prompt() : order.prompt();
        String prompt = own == null
                ? room.profiles().named(caller.user().id(), agent.profile()).systemPrompt()
                : own;
        String more = order.moreToPrompt();
        return prompt + (more == null || more.isEmpty() ? "" : "\n\n" + more) + "\nCurrent time (ISO): "
                + TIME.format(room.clock().instant().atZone(room.zone()));
    }

    private static RunOptions options(Settings settings, TalkOrder order) {
        return new RunOptions(
                null,
                null,
                null,
                new Network.Full(),
                settings.output().structured() ? Field.schema(settings.output().fields()) : null,
                NO_MEMORY,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                order.callback());
    }

    /** The threads of the caller's agent on which a run was completed, the last used first. */
    public List<Talk> threads(Caller caller, AgentId agent) {
        room.agents().get(caller, agent);
        return room.threads().list(agent);
    }

    /** What was said on a thread, oldest first. */
    public List<LaneRun> thread(Caller caller, AgentId agent, String key) {
        return room.runs().inLane(lane(caller, agent, key));
    }

    /** Forgets a thread; refused while a run is using it. */
    public void delete(Caller caller, AgentId agent, String key) {
        UUID lane = lane(caller, agent, key);
        if (!room.threads().delete(lane)) {
            throw new Refused(
                    room.runs().isBusy(lane)
                            ? new Problem.InUse("thread " + key, "a run is using it")
                            : new Problem.NotFound(Problem.Thing.THREAD, key));
        }
        room.audit().record(caller.actor(), "thread.delete", agent.toString(), key);
    }

    private UUID lane(Caller caller, AgentId agent, String key) {
        room.agents().get(caller, agent);
        return room.threads()
                .lane(agent, key)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.THREAD, key)));
    }

    /** Somebody else made the thread a moment ago; undoes what was begun. */
    private static final class ThreadThere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ThreadThere() {
            super(null, null, false, false);
        }
    }
}
