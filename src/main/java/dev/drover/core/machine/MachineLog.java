package dev.drover.core.machine;

import dev.drover.core.id.AgentId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** What happened to a machine, in lines for people; the newest are kept. */
public final class MachineLog {
    private final MachineLogStore store;
    private final Clock clock;

    public MachineLog(MachineLogStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adds lines; an agent that is gone by now has no log. */
    public void say(AgentId agent, String text) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.add(agent, now, text.replace("\0", "\uFFFD").lines().toList());
    }

    void forget(AgentId agent) {
        store.forget(agent);
    }

    /**
     * The newest lines, oldest first, each with its time.
     *
     * @param lines how many at most; all that are kept when negative
     */
    public String tail(AgentId agent, int lines) {
        List<MachineLogStore.Line> found = store.newest(agent, lines < 0 ? MachineLogStore.KEPT : lines);
        return found.reversed().stream()
                .map(line -> line.at() + " " + line.text() + "\n")
                .collect(Collectors.joining());
    }
}
