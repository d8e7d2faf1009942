package dev.drover.provider.computer.process;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.OpenComputers;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.ResidentComputer;
import dev.drover.core.computer.ShellProgram;
import dev.drover.core.computer.Workspace;
import dev.drover.core.id.AgentId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Computers that are plain processes of this host: nothing keeps an agent from the server's files and network. */
public final class ProcessComputers implements Computers {
    static final String KIND = "process";

    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

    private final Path folder;
    private final OpenComputers open;

    /** Over a folder of its own, which is made when it is missing. */
    public ProcessComputers(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.open = new OpenComputers(this.folder);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Readiness probe() {
        return OpenComputers.probe(
                this, List.of("agents run with the server's own rights; use bubblewrap to isolate them"));
    }

    @Override
    public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
        if (spec.layout().readOnly() || !spec.layout().folders().isEmpty()) {
            throw new ComputerFailure("computers of kind '" + KIND + "' have neither files that can only be read nor"
                    + " folders in common, since nothing is kept from their agents; use bubblewrap or docker");
        }
        return open.open(spec.agent(), () -> {
            AgentFolder agent = AgentFolder.of(folder, spec.agent());
            Files.createDirectories(agent.workspace());
            Files.createDirectories(agent.staging());
            Files.createDirectories(agent.sockets());
            return new ResidentComputer(
                    Home.of(spec, agent, new Owner.Shared()),
                    new ProcessHousing(agent, ShellProgram.install(folder), PATH),
                    environment(spec, agent),
                    () -> open.forget(spec.agent()));
        });
    }

    @Override
    public boolean confines() {
        return false;
    }

    @Override
    public Optional<Workspace> workspaceOf(AgentId agent) {
        return open.workspaceOf(agent);
    }

    @Override
    public void discard(AgentId agent) throws ComputerFailure {
        open.discard(agent, left -> FolderRemoval.remove(left.root()));
    }

    @Override
    public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
        open.abandoned(keep).stream()
                .filter(abandoned -> open.show(abandoned, last))
                .forEach(open::remove);
    }

    private static Map<String, String> environment(ComputerSpec spec, AgentFolder agent) {
        String home = agent.workspace().toString();
        Map<String, String> environment = new HashMap<>(
                Map.of("PATH", PATH, "HOME", home, "USER", spec.layout().user(), "LANG", "C.UTF-8"));
        spec.environment().forEach(environment::putIfAbsent);
        return environment;
    }
}
