package dev.drover.core.machine;

import dev.drover.core.agent.Agent;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.Workspace;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final SharedFolders folders;

    /**
     * Of one server.
     *
     * @param host the installation that it is
     * @param doors where programs in the computer of an agent ask models
     */
    public MachineSpecs(String host, EgressGuard guard, Function<AgentId, ModelDoor> doors, SharedFolders folders) {
        this.host = host;
        this.guard = guard;
        this.doors = doors;
        this.folders = folders;
    }

    public String host() {
        return host;
    }

    /**
     * What makes it necessary to open a computer anew when it changes.
     *
     * @param readOnly null when it may write
     */
    record Shape(ComputerSpec.Limits limits, MachineSettings.@Nullable ReadOnly readOnly, List<Layout.Mount> folders) {}

    Shape shape(Machine machine) {
        MachineSettings settings = machine.settings();
        return new Shape(
                limits(machine.limits()),
                settings.readOnly() ? settings.rules() : null,
                folders.mounts(machine.agent(), settings));
    }

    private static ComputerSpec.Limits limits(Resources resources) {
        return new ComputerSpec.Limits(resources.memoryBytes(), resources.cores(), PROCESSES, DISK_BYTES);
    }

    /** @param files what is in its home, when anything is */
    ComputerSpec of(Agent agent, Machine machine, Optional<Workspace> files) throws ComputerFailure {
        Shape shape = shape(machine);
        EgressGuard open = guard.withModels(doors.apply(agent.id()));
        return new ComputerSpec(
                agent.id(),
                shape.limits(),
                environment(agent, machine),
                open,
                layout(shape, files),
                nameplate(agent, machine),
                config(agent, machine));
    }

    private static Layout layout(Shape shape, Optional<Workspace> files) throws ComputerFailure {
        Layout layout = Layout.KEPT.with(shape.folders());
        MachineSettings.ReadOnly patterns = shape.readOnly();
        if (patterns == null) {
            return layout;
        }
        try {
            return layout.readOnly(new ReadOnlyRule(patterns).writable(files));
        } catch (IOException e) {
            throw new ComputerFailure("what may be written in the home could not be found out: " + e.getMessage(), e);
        }
    }

    /** What it was asked to have and to do, for programs inside. */
    private static Map<String, String> config(Agent agent, Machine machine) {
        String prompt = agent.prompt();
        Map<String, String> files =
                new HashMap<>(Map.of("agent-config.json", machine.config().text() + "\n"));
        put(files, "custom-instructions.md", prompt);
        return files;
    }

    /** The labels that clients of engines look for (Trinity contract, section 7.3). */
    private static Nameplate nameplate(Agent agent, Machine machine) {
        Resources limits = machine.limits();
        Map<String, String> labels = new HashMap<>(Map.of(
                "trinity.agent-type", machine.kind(),
                "trinity.ssh-port", Integer.toString(machine.port()),
                "trinity.cpu", limits.cpu(),
                "trinity.memory", limits.memory(),
                "trinity.created", machine.createdAt().toString(),
                "trinity.agent-runtime", machine.runtime(),
                "trinity.full-capabilities", "false"));
        String image = machine.baseImage();
        labels.put(
                "trinity.template", Objects.requireNonNullElse(machine.source().template(), ""));
        labels.put("trinity.base-image-version", image.substring(image.lastIndexOf(':') + 1));
        if (agent.isSystem()) {
            labels.put("trinity.is-system", "true");
        }
        return new Nameplate(agent.slug(), image.equals(NewMachine.USUAL_IMAGE) ? null : image, labels);
    }

    /** What programs inside look for (Trinity contract, section 7.3). */
    private static Map<String, String> environment(Agent agent, Machine machine) {
        Map<String, String> environment = new HashMap<>(
                Map.of("AGENT_NAME", agent.slug(), "AGENT_TYPE", machine.kind(), "AGENT_RUNTIME", machine.runtime()));
        put(environment, "AGENT_RUNTIME_MODEL", machine.runtimeModel());
        put(environment, "TEMPLATE_NAME", machine.source().template());
        Machine.Source source = machine.source();
        put(environment, "GITHUB_REPO", source.repository());
        if (RemoteTemplates.isRemote(source)) {
            environment.put("GIT_SOURCE_MODE", String.valueOf(source.tracksBranch()));
            put(environment, "GIT_SOURCE_BRANCH", source.branch());
        }
        return environment;
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
