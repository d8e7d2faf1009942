package dev.drover.core.machine;

import dev.drover.core.agent.Agents;
import dev.drover.core.id.AgentId;
import java.time.Clock;

/** What is written down of machines. */
public record MachineBooks(
        MachineStore machines, MachineLog log, CreationOnceStore once, FleetStore fleet, Agents agents, Clock clock) {
    /** What is stored of an agent's machine goes with the agent, in the same transaction. */
    public void forget(AgentId agent) {
        machines.delete(agent);
        log.forget(agent);
        once.forget(agent);
    }
}
