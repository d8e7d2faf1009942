package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ConfigFolder;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.HomeMounts;
import dev.drover.core.computer.Homes;
import dev.drover.core.computer.OpenComputers;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.ResidentComputer;
import dev.drover.core.computer.Workspace;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Computers that bubblewrap makes of this host's own system: cheap to start, with a network that has one guarded way
 * out.
 */
public final class BubblewrapComputers implements Computers {
    static final String KIND = "bubblewrap";

    private static final System.Logger LOG = System.getLogger(BubblewrapComputers.class.getName());

    private final Path folder;
    private final EgressDoors doors;
    private final OpenComputers open;
    private final Ground ground;

    /**
     * Over a folder of its own, which is made when it is missing.
     *
     * @param installation tells this server's control groups from another's on the same host; letters and digits
     */
    public BubblewrapComputers(Path folder, EgressDoors doors, String installation) {
        this(folder, doors, new Ground(folder.toAbsolutePath().normalize(), installation, true));
    }

    BubblewrapComputers(Path folder, EgressDoors doors, Ground ground) {
        this.folder = folder.toAbsolutePath().normalize();
        this.doors = doors;
        this.open = new OpenComputers(this.folder);
        this.ground = ground;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Readiness probe() {
        return OpenComputers.probe(this, List.of());
    }

    @Override
    public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
        try {
            ground.prepare();
            return open.open(spec.agent(), () -> make(spec));
        } catch (ComputerFailure e) {
            throw Remedies.with(e);
        }
    }

    @Override
    public boolean confines() {
        return true;
    }

    @Override
    public Optional<Workspace> workspaceOf(AgentId agent) {
        return open.workspaceOf(agent);
    }

    @Override
    public void discard(AgentId agent) throws ComputerFailure {
        ground.prepare();
        open.discard(agent, folder -> {
            Owner owner = ground.evict(folder);
            ground.removeGroups(agent);
            FolderRemoval.remove(folder.root());
            ground.release(owner);
        });
    }

    @Override
    public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
        try {
            ground.prepare();
            for (AgentFolder abandoned : open.abandoned(keep)) {
                Owner owner = ground.evict(abandoned);
                ground.removeGroups(abandoned.agent());
                if (open.show(abandoned, last) && open.remove(abandoned)) {
                    ground.release(owner);
                }
            }
            ground.removeGroups(
                    agent -> Files.notExists(AgentFolder.of(folder, agent).root()));
        } catch (ComputerFailure | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "leftovers of computers stay until the next sweep: {0}", e.toString());
        }
    }

    private ResidentComputer make(ComputerSpec spec) throws IOException {
        AgentFolder agent = AgentFolder.of(folder, spec.agent());
        passable(agent.root());
        ground.removeGroups(spec.agent());
        Owner owner = ground.owner(agent);
        if (Files.notExists(agent.workspace())) {
            Files.createDirectory(agent.workspace());
            Files.setPosixFilePermissions(agent.workspace(), PosixFilePermissions.fromString("rwx------"));
            owner.own(agent.workspace());
        }
        Files.createDirectories(agent.staging());
        passable(agent.sockets());
        ConfigFolder.write(agent, spec.config());
        Optional<ControlGroup> group = ground.group(spec.agent(), spec.limits());
        Home home = Home.of(spec, agent, owner);
        BubblewrapCommand.Installed installed = ground.installed();
        HomeMounts mounts = new Homes(installed.blanks(), new BubblewrapChamber(installed.system())).furnish(home);
        List<String> people = SystemFiles.people(installed.blanks(), spec.layout());
        BubblewrapCommand command = new BubblewrapCommand(home, mounts, spec.limits(), group, people, installed);
        return new ResidentComputer(
                home,
                new BubblewrapHousing(command, door(agent, owner, spec), () -> ground.release(owner)),
                spec.variables(Map.of(), BubblewrapCommand.PATH),
                () -> open.forget(spec.agent()));
    }

    private EgressDoors.Door door(AgentFolder agent, Owner owner, ComputerSpec spec) throws IOException {
        Files.deleteIfExists(agent.doorSocket());
        EgressDoors.Door door = doors.open(agent.doorSocket(), spec.egress());
        try {
            Files.setPosixFilePermissions(agent.doorSocket(), PosixFilePermissions.fromString("rw-------"));
            owner.own(agent.doorSocket());
            return door;
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    private static void passable(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
