package dev.drover.core.execution;

import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Reached;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.LaneRun;
import dev.drover.core.run.StartedRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The talk with an agent that keeps a computer: one at a time, whoever speaks, each turn behind the one before. */
public final class Chats {
    /** A turn that is worked on, and those behind it. */
    private static final int MOST_TURNS = 4;

    private final ExecutionRoom room;
    private final Launcher launcher;

    public Chats(ExecutionRoom room) {
        this.room = room;
        this.launcher = new Launcher(room);
    }

    /**
     * Begins the next turn of the session that is going on, or of a new one, and returns at once; refused when the
     * agent's computer was turned off.
     *
     * @throws CapacityFull when too many turns wait already
     */
    public StartedExecution say(Reached reached, Work work) {
        Agent agent = reached.agent();
        Optional<UUID> current = room.sessions().current(agent.id());
        UUID session = current.orElseGet(room.ids()::next);
        try {
            StartedRun run = launcher.launch(reached.behalf(), agent, work, session, session, begun -> {
                boolean stands = current.isPresent()
                        ? room.sessions().current(agent.id()).equals(current)
                        : room.sessions()
                                .insert(
                                        session,
                                        agent.id(),
                                        reached.caller().user().id(),
                                        begun.createdAt());
                if (!stands) {
                    throw new Superseded();
                }
                int waiting = room.store().waiting(session) - 1;
                if (waiting >= MOST_TURNS) {
                    throw new CapacityFull("Agent '" + agent.slug() + "' is busy: " + waiting
                            + " turns of its chat are not over; wait for one to end, or give it a task instead");
                }
            });
            return new StartedExecution(run, session);
        } catch (Superseded e) {
            return say(reached, work);
        }
    }

    public Optional<ChatSession> current(AgentId agent) {
        return room.sessions().current(agent).flatMap(id -> room.sessions().find(agent, id));
    }

    /** The newest first. */
    public List<ChatSession> list(AgentId agent) {
        return room.sessions().list(agent);
    }

    public Optional<ChatSession> find(AgentId agent, UUID session) {
        return room.sessions().find(agent, session);
    }

    /** The turns of a session that came to their end, oldest first. */
    public List<LaneRun> turns(ChatSession session) {
        return room.runs().inLane(session.id());
    }

    /** Ends the session: the next word begins another. False when it is closed already. */
    public boolean close(Reached reached, UUID session) {
        return room.transactions().call(() -> {
            boolean closed =
                    room.sessions().close(reached.id(), session, room.clock().instant());
            if (closed) {
                room.audit()
                        .record(
                                reached.caller().actor(),
                                "chat.close",
                                reached.id().toString(),
                                session.toString());
            }
            return closed;
        });
    }

    /** The session was begun or closed by somebody else a moment ago; undoes what was begun. */
    private static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super(null, null, false, false);
        }
    }
}
