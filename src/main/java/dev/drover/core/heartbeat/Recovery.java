package dev.drover.core.heartbeat;

import dev.drover.core.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what servers left that are no more (SLAW contract, section 7.8). */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final HeartbeatRoom room;
    private final Endings endings;

    Recovery(HeartbeatRoom room, Endings endings) {
        this.room = room;
        this.endings = endings;
    }

    /** What is left in a computer ends before the run is made up for, or both would work at once. */
    void sweep() {
        for (HeartbeatQueueStore.Working orphan : room.stores().queue().orphans()) {
            try {
                new Leftovers(room.computers()).end(orphan.agent(), orphan.run());
                endings.lose(
                        orphan.run(),
                        orphan.node(),
                        "The server that worked the run (" + orphan.node() + ") was lost; its process was ended");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Refused refused) {
                log.warn("run {} is still to be recovered: {}", orphan.run(), refused.problem());
            }
        }
    }
}
