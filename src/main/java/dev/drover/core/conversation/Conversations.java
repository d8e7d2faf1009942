package dev.drover.core.conversation;

import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.NewAgent;
import dev.drover.core.agent.Origin;
import dev.drover.core.context.Context;
import dev.drover.core.id.AgentId;
import dev.drover.core.scenario.Field;
import dev.drover.core.tool.ToolGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The agents that people talk to. */
public final class Conversations {
    private static final int PAST_KEPT = 20;

    private final ConversationRoom room;

    public Conversations(ConversationRoom room) {
        this.room = room;
    }

    /**
     * The caller's agents, oldest first.
     *
     * @param anyOrigin whether those of other dialects are shown too
     */
    public List<TalkingAgent> list(Caller caller, boolean anyOrigin) {
        return shown(caller, room.agents().list(caller, anyOrigin ? null : Origin.MAKE));
    }

    /** Refuses an agent that is none of the caller's. */
    public void see(Caller caller, AgentId agent) {
        room.agents().get(caller, agent);
    }

    public TalkingAgent get(Caller caller, AgentId agent) {
        return shown(caller, List.of(room.agents().get(caller, agent))).getFirst();
    }

    private List<TalkingAgent> shown(Caller caller, List<Agent> agents) {
        List<AgentId> ids = agents.stream().map(Agent::id).toList();
        Map<AgentId, SettingsStore.Kept> kept = room.settings().of(ids);
        Map<AgentId, List<Context>> contexts = room.contexts().of(ids);
        return agents.stream()
                .map(agent -> {
                    SettingsStore.Kept own = kept.getOrDefault(agent.id(), SettingsStore.Kept.NONE);
                    return new TalkingAgent(
                            agent,
                            own.settings(),
                            own.past(),
                            room.models().modelOf(caller.user().id(), agent.profile()),
                            contexts.getOrDefault(agent.id(), List.of()));
                })
                .toList();
    }

    public Agent create(Caller caller, NewTalkingAgent order) {
        String profile = room.models().profileOf(caller, order.connection(), order.model());
        Settings settings = checked(caller, Settings.USUAL, order.settings());
        return room.transactions().call(() -> {
            Agent agent = room.agents()
                    .create(
                            caller.user().id(),
                            new NewAgent(order.name(), Origin.MAKE, profile, order.prompt(), caller.agent()));
            room.settings().put(agent.id(), new SettingsStore.Kept(settings, List.of()));
            room.contexts().adopt(caller, agent.id(), order.contexts());
            room.audit().record(caller.actor(), "agent.create", agent.id().toString(), order.name());
            return agent;
        });
    }

    /** Changes what is given; what the agent was before is kept, if that was something else. */
    public void change(Caller caller, AgentId id, ChangeTalkingAgent wish) {
        Agent agent = room.agents().get(caller, id);
        String profile = wish.model() == null ? agent.profile() : profile(caller, agent, wish.model());
        Settings now = room.settings().settings(id).orElse(Settings.USUAL);
        checked(caller, now, wish.settings());
        room.transactions().run(() -> {
            room.settings().lock(id);
            change(caller, room.agents().get(caller, id), profile, wish);
        });
    }

    private void change(Caller caller, Agent agent, String profile, ChangeTalkingAgent wish) {
        SettingsStore.Kept kept =
                room.settings().of(List.of(agent.id())).getOrDefault(agent.id(), SettingsStore.Kept.NONE);
        String model =
                room.models().modelOf(caller.user().id(), agent.profile()).model();
        Configuration before = new Configuration(agent.name(), model, agent.prompt(), kept.settings());
        Configuration after = new Configuration(
                wish.name() == null ? agent.name() : wish.name(),
                wish.model() == null ? model : wish.model(),
                wish.prompt() == null ? agent.prompt() : wish.prompt(),
                kept.settings().with(wish.settings()));
        if (after.equals(before)) {
            return;
        }
        List<Configuration> past = new ArrayList<>(kept.past());
        past.add(before);
        room.settings()
                .put(
                        agent.id(),
                        new SettingsStore.Kept(
                                after.settings(), past.subList(Math.max(0, past.size() - PAST_KEPT), past.size())));
        room.agents().change(agent.id(), wish.name(), wish.model() == null ? null : profile, wish.prompt());
        room.audit().record(caller.actor(), "agent.change", agent.id().toString(), after.name());
    }

    /** The connection of an agent stays what it was (Make contract, section 3.4). */
    private String profile(Caller caller, Agent agent, String model) {
        var connection =
                room.models().modelOf(caller.user().id(), agent.profile()).connection();
        return room.models().profileOf(caller, connection, model);
    }

    /** The settings after the change, if that fits the house. */
    Settings checked(Caller caller, Settings before, SettingsChange change) {
        Settings after = before.with(change);
        if (change.isOfTools()) {
            List<ToolGrant> given = new ArrayList<>(change.scenarios() == null ? List.of() : change.scenarios());
            given.addAll(change.servers() == null ? List.of() : change.servers());
            room.grants().refuseUnknown(caller.user().id(), given, change.within());
        }
        List<Field> fields = after.output().fields();
        Refused.when(
                after.output().structured() && fields.isEmpty(),
                change.within() + change.format() + ".schema",
                "must hold at least one field when the type is make-schema");
        return after;
    }

    /** Deletes the agent for good, with its threads and files; a run of it that is not over ends as stopped. */
    public void delete(Caller caller, AgentId id) {
        room.agents().get(caller, id);
        room.runs().forget(caller, id);
    }

    /** What is stored here of an agent goes with it, in the same transaction. */
    public void forget(AgentId agent) {
        room.settings().delete(agent);
        room.threads().deleteOf(agent);
        room.contexts().forget(agent);
    }
}
