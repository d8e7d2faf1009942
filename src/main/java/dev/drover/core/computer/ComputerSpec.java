package dev.drover.core.computer;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import java.util.Map;

/**
 * What a computer is to be.
 *
 * @param environment added to the few variables a computer always has; nothing else of the server's is seen inside
 * @param egress judges everything that leaves it
 */
public record ComputerSpec(AgentId agent, Limits limits, Map<String, String> environment, EgressGuard egress) {
    public ComputerSpec {
        environment = Map.copyOf(environment);
    }

    /** Memory and workspace in bytes, CPU in cores, processes counting threads. */
    public record Limits(long memoryBytes, double cpus, int processes, long diskBytes) {}
}
