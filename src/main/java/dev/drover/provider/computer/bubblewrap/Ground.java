package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Homes;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.ShellProgram;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What all computers of this server stand on; looked for when the first one is wanted, again if that failed. */
final class Ground {
    private final Path folder;
    private final String installation;
    private final boolean wantsGroups;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Prepared prepared;

    private record Prepared(
            BubblewrapCommand.Installed installed, Optional<AgentUids> uids, Optional<ControlGroup.Place> groups) {}

    /** @param wantsGroups whether to use control groups where there are some */
    Ground(Path folder, String installation, boolean wantsGroups) {
        this.folder = folder;
        this.installation = installation;
        this.wantsGroups = wantsGroups;
    }

    void prepare() throws ComputerFailure {
        if (prepared != null) {
            return;
        }
        lock.lock();
        try {
            boolean root = HostUids.own() == 0;
            Programs.require(root);
            if (root) {
                requirePassage();
            }
            Path system = Files.createDirectories(folder.resolve("system"));
            for (Path passed : new Path[] {folder, system}) {
                Files.setPosixFilePermissions(passed, PosixFilePermissions.fromString("rwx--x--x"));
            }
            Path filter = ShellProgram.install(
                    system.resolve("filter.bpf"), new SeccompFilter(Architecture.current()).program());
            List<String> files = new SystemFiles(system).install();
            Homes.installBlanks(system);
            ShellProgram.install(system.resolve("etc"));
            prepared = new Prepared(
                    new BubblewrapCommand.Installed(filter, files, system),
                    root
                            ? Optional.of(new AgentUids(folder, AgentUids.FIRST, AgentUids.COUNT, installation))
                            : Optional.empty(),
                    wantsGroups ? ControlGroups.ofThisHost(installation) : Optional.empty());
        } catch (IOException e) {
            throw new ComputerFailure("computers cannot be kept in " + folder + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }

    BubblewrapCommand.Installed installed() {
        return ready().installed;
    }

    /** Under which uid an agent's computer runs: one of its own where we may give one, else ours. */
    Owner owner(AgentFolder agent) throws IOException {
        return ready().uids.isPresent() ? ready().uids.get().claim(agent) : new Owner.Shared();
    }

    /** Kills what still runs under the uid of a folder that was left, and tells it. */
    Owner evict(AgentFolder left) throws IOException {
        return ready().uids.isPresent() ? ready().uids.get().evict(left) : new Owner.Shared();
    }

    /** Lets an owner's uid go to somebody else, now that nothing of it is left. */
    void release(Owner owner) {
        if (owner instanceof Owner.Apart apart) {
            ready().uids.ifPresent(uids -> uids.release(apart));
        }
    }

    /**
     * A group for one computer of an agent. The next one's has another name: a server that was frozen, and wakes up
     * when another has opened the agent's computer, removes its own.
     */
    Optional<ControlGroup> group(AgentId agent, Limits limits) throws IOException {
        String name = agent + "." + UUID.randomUUID();
        return ready().groups.isPresent() ? Optional.of(ready().groups.get().make(name, limits)) : Optional.empty();
    }

    /** Removes the groups that earlier servers may have left of an agent, with what is in them. */
    void removeGroups(AgentId agent) throws IOException {
        removeGroups(agent::equals);
    }

    /** Removes the groups of some agents, with what is in them. */
    void removeGroups(Predicate<AgentId> agents) throws IOException {
        if (ready().groups.isPresent()) {
            ControlGroup.Place place = ready().groups.get();
            for (String name : place.names()) {
                String agent = name.split("\\.", 2)[0];
                if (Spelling.isUuid(agent) && agents.test(new AgentId(UUID.fromString(agent)))) {
                    place.existing(name).remove();
                }
            }
        }
    }

    private Prepared ready() {
        Prepared found = prepared;
        if (found == null) {
            throw new IllegalStateException("prepare() comes first");
        }
        return found;
    }

    /** Agents run under uids of their own, which must be able to reach their folder. */
    private void requirePassage() throws IOException, ComputerFailure {
        Files.createDirectories(folder);
        for (Path parent = folder.toRealPath().getParent(); parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new ComputerFailure("agents, which run under uids of their own, cannot pass folder " + parent
                        + " (" + PosixFilePermissions.toString(Files.getPosixFilePermissions(parent))
                        + ") on the way to " + folder
                        + "; choose another data folder, such as DROVER_DATA=/var/lib/drover,"
                        + " or run 'chmod o+x " + parent + "'");
            }
        }
    }
}
