package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Mount;
import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.HomeMounts;
import dev.drover.core.computer.Homes;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.ShellProgram;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Where containers are made: an agent's folder on the host first, then what is around it. */
final class ContainerYard {
    /** The user {@code developer} of the base image. */
    private static final int DEVELOPER = 1000;

    private final Engine engine;
    private final Path folder;
    private final Furnishing furnishing;
    private final Owner owner;
    private final int user;
    private final HostLimits host = HostLimits.ofThisHost();

    /** @param folder of all computers, made when it is missing */
    ContainerYard(Engine engine, Path folder, Path seen, Tags tags) {
        this.engine = engine;
        this.folder = folder;
        int own = ownUid();
        // Only root may give files away; whoever else runs the server has computers that run as the same user.
        this.owner = own == 0 ? new Owner.Apart(DEVELOPER) : new Owner.Shared();
        this.user = own == 0 ? DEVELOPER : own;
        this.furnishing = new Furnishing(engine, folder, seen, tags);
    }

    Owner owner() {
        return owner;
    }

    int user() {
        return user;
    }

    Tags tags() {
        return furnishing.tags();
    }

    AgentFolder folder(AgentId agent) {
        return AgentFolder.of(folder, agent);
    }

    /** The folder of all agents. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /** An agent's folder with all that has to be in it. */
    AgentFolder prepare(AgentId id) throws IOException {
        AgentFolder agent = folder(id);
        passable(agent.root());
        if (Files.notExists(agent.workspace())) {
            Files.createDirectory(agent.workspace());
            Files.setPosixFilePermissions(agent.workspace(), PosixFilePermissions.fromString("rwx------"));
            owner.own(agent.workspace());
        }
        Files.createDirectories(agent.staging());
        passable(agent.sockets());
        Files.createDirectories(agent.config()); // what is in it comes later
        ShellProgram.install(agent.sockets());
        return agent;
    }

    DockerContainer container(AgentId agent) {
        return new DockerContainer(engine, tags(), folder(agent), owner);
    }

    /** Makes it in place of any that an earlier server left behind, and furnishes the home while nothing runs there. */
    void make(DockerContainer container, Shape shape, Home home, Nameplate nameplate) throws IOException {
        container.removeAll();
        Path blanks = folder.resolve("system");
        passable(blanks);
        Homes.installBlanks(blanks);
        ContainerChamber chamber = new ContainerChamber(engine, shape.image(), user, tags(), furnishing::seen);
        HomeMounts wanted = new Homes(blanks, chamber).furnish(home);
        List<Mount> mounts = furnishing.mounts(home, wanted);
        Map<String, String> labels = tags().container(container.agent(), shape.limits(), nameplate);
        labels.putAll(container.own());
        container.make(
                new Blueprint(shape.image(), user, shape.limits(), shape.layout(), mounts, labels, host),
                wanted,
                nameplate);
    }

    /** Removes whatever there is of an agent. */
    void clear(AgentId agent) throws IOException {
        container(agent).removeAll();
        engine.removeVolume(Tags.workspace(agent));
        engine.removeVolume(Tags.shared(agent));
        FolderRemoval.remove(folder(agent).root());
    }

    private static void passable(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IllegalStateException("the uid of this process cannot be read", e);
        }
    }
}
