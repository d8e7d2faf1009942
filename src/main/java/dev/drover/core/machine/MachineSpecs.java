package dev.drover.core.machine;

import dev.drover.core.agent.Agent;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Workspace;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.id.AgentId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the computer of a machine is to be, as the machine is set up. */
public final class MachineSpecs {
    private static final int PROCESSES = 1024;
    private static final long DISK_BYTES = 10L << 30;

    /** Of a machine that was asked for without a word about them. */
    public static final ComputerSpec.Limits USUAL_LIMITS = limits(Resources.USUAL);

    private final String host;
    private final EgressGuard guard;
    private final Function<AgentId, ModelDoor> doors;

    /**
     * Of one server.
     *
     * @param host the installation that it is
     * @param doors where programs in the computer of an agent ask models
     */
    public MachineSpecs(String host, EgressGuard guard, Function<AgentId, ModelDoor> doors) {
        this.host = host;
        this.guard = guard;
        this.doors = doors;
    }

    public String host() {
        return host;
    }

    /** What makes it necessary to open a computer anew when it changes. */
    record Shape(ComputerSpec.Limits limits, Layout layout) {}

    Shape shape(Machine machine) {
        Resources limits = machine.limits();
        return new Shape(limits(limits), Layout.KEPT);
    }

    private static ComputerSpec.Limits limits(Resources resources) {
        return new ComputerSpec.Limits(resources.memoryBytes(), resources.cores(), PROCESSES, DISK_BYTES);
    }

    ComputerSpec of(Agent agent, Machine machine) {
        Shape shape = shape(machine);
        EgressGuard open = guard.withModels(doors.apply(agent.id()));
        return new ComputerSpec(agent.id(), shape.limits(), environment(agent, machine), open, shape.layout());
    }

    /** The workspace as runs may use it. */
    Workspace workspace(Machine machine, Computer computer) {
        return computer.workspace();
    }

    /** What programs inside look for (Trinity contract, section 7.3). */
    private static Map<String, String> environment(Agent agent, Machine machine) {
        Map<String, String> environment = new HashMap<>(
                Map.of("AGENT_NAME", agent.slug(), "AGENT_TYPE", machine.kind(), "AGENT_RUNTIME", machine.runtime()));
        put(environment, "AGENT_RUNTIME_MODEL", machine.runtimeModel());
        put(environment, "TEMPLATE_NAME", machine.source().template());
        put(environment, "GITHUB_REPO", machine.source().repository());
        return environment;
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
