package dev.drover.core.execution;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.egress.Network;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.Machine;
import dev.drover.core.machine.MachineSettings;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.run.Brief;
import dev.drover.core.run.RunMemory;
import dev.drover.core.run.RunOptions;
import dev.drover.core.run.Said;
import dev.drover.core.run.StartRun;
import dev.drover.core.run.StartedRun;
import dev.drover.core.runtime.Runtimes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes runs of work, and tells those who watch the agent. */
final class Launcher {
    /** So many completed turns of a chat the model is reminded of, the newest. */
    private static final int EARLIER = 50;

    private static final int TURNS = 200;
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** What was learned is in the agent's own workspace and chats. */
    private static final RunMemory NO_MEMORY = new RunMemory(false, false, null);

    private final ExecutionRoom room;

    Launcher(ExecutionRoom room) {
        this.room = room;
    }

    /** Whether somebody turned the agent's computer off, so that no run may start it. */
    boolean isOff(Agent agent) {
        return room.machines()
                .find(agent.id())
                .filter(machine -> !machine.wanted())
                .isPresent();
    }

    /** The profile that a wish for a model means; refused when there is none. */
    ModelProfile profile(Agent agent, @Nullable String model) {
        try {
            return room.profiles().named(agent.owner(), model == null ? agent.profile() : model);
        } catch (Refused e) {
            if (model == null) {
                throw e;
            }
            throw new Refused(new Problem.Unacceptable("Unknown model '" + model
                    + "': expected the name of a model profile that the agent's owner may use; leave it out for the"
                    + " agent's own, '" + agent.profile() + "'"));
        }
    }

    /**
     * Begins a run on a lane, and returns at once.
     *
     * @param session the chat it belongs to; null for a task
     * @param within is done in the transaction that stores it, when no other run of the agent can begin
     */
    StartedRun launch(
            Caller owner, Agent agent, Work work, UUID lane, @Nullable UUID session, Consumer<StartedRun> within) {
        ModelProfile profile = profile(agent, work.model());
        if (isOff(agent)) {
            throw new Refused(new Problem.WrongState("Agent is not running"));
        }
        StartRun order = order(agent, work, lane, profile, session == null ? 0 : EARLIER);
        StartedRun started = room.runs().start(owner, order, run -> {
            within.accept(run);
            ExecutionStore.Setting setting =
                    new ExecutionStore.Setting(profile.name(), profile.contextTokens(), run.createdAt());
            room.store().insert(run.id().value(), agent.id(), session, work, setting, null);
        });
        room.events().publish(started(agent, work, started));
        return started;
    }

    private StartRun order(Agent agent, Work work, UUID lane, ModelProfile profile, int earlier) {
        Duration timeout = timeout(agent, work);
        int turns = work.turns() == null ? TURNS : work.turns();
        // A turn is a call of the model with the tools it calls for; the last needs none.
        Brief brief = new Brief(profile.name(), earlier, null, null, 2 * turns - 1, timeout, runtime(agent));
        return new StartRun(
                agent.id(),
                lane,
                instructions(agent, profile, work),
                List.of(new Said(Said.Speaker.USER, work.message())),
                brief,
                options(timeout, work.tools()));
    }

    /** Null for our own loop. */
    private @Nullable String runtime(Agent agent) {
        return room.machines()
                .find(agent.id())
                .map(Machine::runtime)
                .filter(runtime -> !runtime.equals(Runtimes.DROVER))
                .orElse(null);
    }

    /** Within what the house lets any run last. */
    private Duration timeout(Agent agent, Work work) {
        MachineSettings settings = room.machines().settings(agent.id());
        Duration wanted = work.timeout() == null ? settings.timeout() : work.timeout();
        Duration longest = room.plan().longestRun();
        Duration timeout = wanted.compareTo(longest) > 0 ? longest : wanted;
        return timeout.compareTo(LEAST) < 0 ? LEAST : timeout;
    }

    private String instructions(Agent agent, ModelProfile profile, Work work) {
        String own = agent.prompt();
        // A program has its own words for what an agent is told before all.
        String usual = runtime(agent) == null ? profile.systemPrompt() : "";
        String prompt = own == null ? usual : own;
        String more = work.prompt();
        Instant now = room.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return prompt + (more == null || more.isBlank() ? "" : "\n\n" + more) + "\nCurrent time (ISO): " + now;
    }

    private static RunOptions options(Duration timeout, @Nullable List<String> tools) {
        return new RunOptions(
                (int) timeout.toSeconds(),
                null,
                tools,
                new Network.Full(),
                null,
                NO_MEMORY,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static FleetEvent started(Agent agent, Work work, StartedRun run) {
        return new FleetEvent.Activity(
                agent.id(),
                agent.slug(),
                run.id().toString(),
                Activities.type(work.cause().trigger()),
                "started",
                Activities.action(work.message()),
                run.createdAt(),
                null);
    }
}
