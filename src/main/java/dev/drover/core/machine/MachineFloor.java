package dev.drover.core.machine;

import dev.drover.core.computer.Computer;
import dev.drover.core.id.AgentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The machines of this host that are on. */
public final class MachineFloor {
    private final Map<AgentId, Computer> running = new ConcurrentHashMap<>();

    /** The computer of a machine that is on. */
    Optional<Computer> running(AgentId agent) {
        return Optional.ofNullable(running.get(agent)).filter(Computer::isUp);
    }
}
