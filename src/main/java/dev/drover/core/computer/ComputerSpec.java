package dev.drover.core.computer;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.usage.Plan;
import java.util.Map;

/**
 * What a computer is to be.
 *
 * @param environment added to the few variables a computer always has; nothing else of the server's is seen inside
 * @param egress judges everything that leaves it
 * @param config files that can be read at {@code /config} of a computer that is kept, by their names
 */
public record ComputerSpec(
        AgentId agent,
        Limits limits,
        Map<String, String> environment,
        EgressGuard egress,
        Layout layout,
        Nameplate nameplate,
        Map<String, String> config) {
    public ComputerSpec {
        environment = Map.copyOf(environment);
        config = Map.copyOf(config);
    }

    /** A computer that is told nothing of its agent. */
    public ComputerSpec(
            AgentId agent,
            Limits limits,
            Map<String, String> environment,
            EgressGuard egress,
            Layout layout,
            Nameplate nameplate) {
        this(agent, limits, environment, egress, layout, nameplate, Map.of());
    }

    /** A computer that goes by its agent's id. */
    public ComputerSpec(
            AgentId agent, Limits limits, Map<String, String> environment, EgressGuard egress, Layout layout) {
        this(agent, limits, environment, egress, layout, Nameplate.NONE);
    }

    /** A computer for one run. */
    public ComputerSpec(AgentId agent, Limits limits, Map<String, String> environment, EgressGuard egress) {
        this(agent, limits, environment, egress, Layout.OF_RUN);
    }

    /** Memory and workspace in bytes, CPU in cores, processes counting threads. */
    public record Limits(long memoryBytes, double cpus, int processes, long diskBytes) {
        private static final int PROCESSES = 256;
        private static final long DISK_BYTES = 1L << 30;

        /** Memory and CPU by the plan; the rest is the same for everybody (Jettson contract, section 7). */
        public static Limits of(Plan plan) {
            return new Limits(plan.memoryBytes(), plan.cpus(), PROCESSES, DISK_BYTES);
        }
    }
}
