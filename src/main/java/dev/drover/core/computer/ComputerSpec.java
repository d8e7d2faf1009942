package dev.drover.core.computer;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.usage.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
    /** The one way out, where it is a way: everything else there is shut. */
    private static final String PROXY = "http://127.0.0.1:3128";

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

    /**
     * All variables inside: what the computer brings, over that what was asked for, over that what it depends on.
     *
     * @param path where programs are
     */
    public Map<String, String> variables(Map<String, String> brought, String path) {
        Map<String, String> variables = new HashMap<>(brought);
        variables.putAll(environment);
        variables.put("PATH", path);
        variables.put("HOME", layout.home());
        variables.put("USER", layout.user());
        variables.put("LANG", "C.UTF-8");
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
            variables.put(name, PROXY);
            variables.put(name.toLowerCase(Locale.ROOT), PROXY);
        }
        variables.put("NO_PROXY", "");
        variables.put("no_proxy", "");
        return variables;
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
