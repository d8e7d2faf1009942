package dev.drover.core.heartbeat;

import dev.drover.core.id.AgentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes agents by the clock (SLAW contract, sections 7.1 and 7.2): on one server at a time. */
final class Timers {
    private static final Logger log = LoggerFactory.getLogger(Timers.class);

    private final HeartbeatRoom room;
    private final Wakes wakes;

    Timers(HeartbeatRoom room, Wakes wakes) {
        this.room = room;
        this.wakes = wakes;
    }

    /** One agent that cannot be woken keeps nobody else asleep. */
    void tick() {
        for (AgentId agent : room.stores().timers().due(room.now())) {
            try {
                room.transactions().run(() -> wake(agent));
            } catch (RuntimeException e) {
                log.warn("agent {} was not woken by the clock: {}", agent, e.toString());
            }
        }
    }

    /** A server that stood still in the middle of its list was given up, and another has begun it anew. */
    private void wake(AgentId agent) {
        room.stores().queue().lock(agent);
        if (room.stores().timers().isDue(agent, room.now())) {
            wakes.wake(WakeOrder.timer(agent));
        }
    }
}
