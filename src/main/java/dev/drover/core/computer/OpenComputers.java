package dev.drover.core.computer;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Which agents' computers are open below one folder of this host, and which were left there. */
public final class OpenComputers {
    private static final System.Logger LOG = System.getLogger(OpenComputers.class.getName());
    private static final ComputerSpec.Limits PROBE_LIMITS = new ComputerSpec.Limits(64 << 20, 1, 16, 1 << 20);

    private final Path folder;
    private final Set<AgentId> open = ConcurrentHashMap.newKeySet();
    private final OpenMarks marks;

    public OpenComputers(Path folder) {
        this.folder = folder;
        this.marks = new OpenMarks(folder);
    }

    /** Makes a computer that is not open yet. */
    @FunctionalInterface
    public interface Maker {
        ResidentComputer make() throws IOException, ComputerFailure, InterruptedException;
    }

    /** Makes and opens one; an agent has one at a time. What could not be opened is stopped. */
    public Computer open(AgentId agent, Maker maker) throws ComputerFailure, InterruptedException {
        if (!open.add(agent)) {
            throw new ComputerFailure("the computer of agent " + agent + " is open already; stop it first");
        }
        boolean opened = false;
        ResidentComputer made = null;
        try {
            marks.set(agent);
            made = maker.make();
            made.open();
            opened = true;
            return made;
        } catch (IOException e) {
            throw new ComputerFailure("the computer of agent " + agent + " could not be prepared: " + e, e);
        } finally {
            if (!opened && made != null) {
                made.stop(Duration.ZERO);
            }
            if (!opened) {
                forget(agent);
            }
        }
    }

    /** Removes the folder of an agent and what belongs to it. */
    @FunctionalInterface
    public interface Removal {
        void remove(AgentFolder folder) throws IOException;
    }

    /** Removes what is left of an agent's computer; nobody can open it meanwhile. */
    public void discard(AgentId agent, Removal removal) throws ComputerFailure {
        if (!open.add(agent)) {
            throw new ComputerFailure("the computer of agent " + agent + " is open; stop it before it is removed");
        }
        try {
            removal.remove(AgentFolder.of(folder, agent));
        } catch (IOException e) {
            throw new ComputerFailure(
                    "what is left of the computer of agent " + agent + " could not be removed: " + e.getMessage(), e);
        } finally {
            open.remove(agent);
        }
    }

    /** The files of an agent that has a folder here, in the hands of whom they belong to. */
    public Optional<Workspace> workspaceOf(AgentId agent) {
        AgentFolder found = AgentFolder.of(folder, agent);
        try {
            Owner owner = Owner.of(found.workspace());
            // How much may be in it is known only of one that is open.
            WorkspaceQuota quota = new WorkspaceQuota(found.workspace(), Long.MAX_VALUE);
            return Optional.of(new Home(found, owner, Layout.KEPT, quota, List.of()).workspace());
        } catch (IOException e) {
            return Optional.empty(); // it has none, or none yet
        }
    }

    public void forget(AgentId agent) {
        marks.wipe(agent);
        open.remove(agent);
    }

    /** Keeps other servers over the same folder from what is made for an agent to come. */
    public void reserve(AgentId agent) throws IOException {
        marks.set(agent);
    }

    /** Whether it is open, or reserved, here or at another server over the same folder. */
    public boolean isAnybodys(AgentId agent) {
        return open.contains(agent) || marks.isSet(agent);
    }

    /** Folders of agents that are neither open, here or at another server, nor to be kept. */
    public List<AgentFolder> abandoned(Set<AgentId> keep) {
        List<AgentFolder> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!Spelling.isUuid(name)) {
                    continue;
                }
                AgentId agent = new AgentId(UUID.fromString(name));
                if (!keep.contains(agent) && !isAnybodys(agent)) {
                    abandoned.add(AgentFolder.of(folder, agent));
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "computers in {0} cannot be listed: {1}", folder, e.toString());
        }
        return abandoned;
    }

    /** Shows somebody the workspace of a folder in which nobody is at work; false when that failed. */
    public boolean show(AgentFolder abandoned, BiConsumer<AgentId, Workspace> last) {
        if (Files.notExists(abandoned.workspace())) {
            return true;
        }
        try {
            WorkspaceQuota none = new WorkspaceQuota(abandoned.workspace(), 0);
            last.accept(abandoned.agent(), new HostWorkspace(abandoned, new Owner.Shared(), none));
            return true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "left over: {0}: {1}", abandoned.root(), e.toString());
            return false;
        }
    }

    /** Removes a folder in which nobody is at work; what cannot be removed is left to the next sweep. */
    public boolean remove(AgentFolder abandoned) {
        try {
            FolderRemoval.remove(abandoned.root());
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left over: {0}", e.getMessage());
            return false;
        }
    }

    /** Opens a computer of this kind for nobody, runs a command and closes it. */
    public static Readiness probe(Computers computers, List<String> advice) {
        AgentId nobody = new AgentId(UUID.randomUUID());
        EgressGuard closed = new EgressGuard(
                host -> {
                    throw new UnknownHostException(host);
                },
                List.of(),
                List.of());
        try (Computer computer = computers.open(new ComputerSpec(nobody, PROBE_LIMITS, Map.of(), closed))) {
            Execution answer = computer.run("echo ready", Duration.ofSeconds(10));
            return answer.stdout().equals("ready\n")
                    ? new Readiness(computers.kind(), true, "ready", computer.isolation(), withLocale(advice))
                    : refused(computers, "a command answered " + answer);
        } catch (ComputerFailure e) {
            return refused(computers, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(computers, "interrupted while it was tried; try again");
        }
    }

    /** The JDK spells file names in the locale's encoding, and agents name files as they like. */
    private static List<String> withLocale(List<String> advice) {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding"))
                ? advice
                : Stream.concat(
                                advice.stream(),
                                Stream.of("start the server with LC_ALL=C.UTF-8, or files with names beyond ASCII"
                                        + " can be listed but not read or written from outside"))
                        .toList();
    }

    /** Failures tell what is wrong and, behind a semicolon, what to do about it. */
    private static Readiness refused(Computers computers, String message) {
        String[] parts = message.split("; ", 2);
        List<String> remedies = List.of(parts).subList(1, parts.length);
        return new Readiness(computers.kind(), false, parts[0], null, remedies);
    }
}
