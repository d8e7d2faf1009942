package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.agent.Reached;
import dev.drover.core.audit.Audit;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Workspace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What people do with the credentials in the homes of agents; each change is in the book, none of the values is. */
public final class CredentialCare {
    private static final List<String> KNOWN = List.of(
            CredentialFiles.VARIABLES,
            CredentialFiles.SERVERS,
            CredentialFiles.SERVERS + ".template",
            CredentialFiles.BUNDLE);

    private final Machines machines;
    private final CredentialFiles files;
    private final Audit audit;

    public CredentialCare(Machines machines, CredentialFiles files, Audit audit) {
        this.machines = machines;
        this.files = files;
        this.audit = audit;
    }

    /**
     * What an agent has.
     *
     * @param files by their names; empty for one that is not there
     * @param variables how many {@code .env} holds
     */
    public record Status(SequencedMap<String, Optional<Workspace.Stat>> files, int variables) {}

    /** Empty while the computer is off. */
    public Optional<Status> status(Reached reached) {
        if (!machines.isRunning(reached.id())) {
            return Optional.empty();
        }
        Workspace workspace = machines.computer(reached.id()).workspace();
        SequencedMap<String, Optional<Workspace.Stat>> found = new LinkedHashMap<>();
        KNOWN.forEach(name -> found.put(name, stat(workspace, name)));
        return Optional.of(new Status(found, CredentialFiles.count(workspace)));
    }

    private static Optional<Workspace.Stat> stat(Workspace workspace, String name) {
        try {
            return Optional.of(workspace.stat(name)).filter(stat -> !stat.folder());
        } catch (IOException | Workspace.PathRefused e) {
            return Optional.empty();
        }
    }

    public CredentialFiles.Written inject(Reached reached, List<CredentialFile> given) {
        if (given.isEmpty()) {
            throw new Refused(new Problem.Unacceptable("No files provided for injection"));
        }
        CredentialFiles.Written written = files.inject(reached.id(), running(reached), given);
        record(reached, "credentials.inject", String.join(", ", written.files()));
        return written;
    }

    /** How many files are in the bundle now. */
    public int export(Reached reached) {
        int exported = files.export(running(reached));
        record(reached, "credentials.export", exported + " files");
        return exported;
    }

    public CredentialFiles.Written unpack(Reached reached) {
        CredentialFiles.Written written = files.unpack(reached.id(), running(reached));
        record(reached, "credentials.import", String.join(", ", written.files()));
        return written;
    }

    /** The key of bundles in hex, for administrators and nobody else; empty when this server has none. */
    public Optional<String> key(Caller caller) {
        if (caller.user().role() != Role.ADMIN || caller.agent() != null) {
            throw new Refused(new Problem.Forbidden("Admin access required"));
        }
        audit.record(caller.actor(), "credentials.key", "server", "shown");
        return files.key();
    }

    /** Secrets are put into none that is about to start or to end: the text says how it is. */
    private Computer running(Reached reached) {
        if (!machines.isRunning(reached.id())) {
            String state = machines.find(reached.id())
                    .map(machine -> machine.state().word())
                    .orElse("stopped");
            throw new Refused(new Problem.WrongState("Agent is not running (status: " + state + ")"));
        }
        return machines.computer(reached.id());
    }

    private void record(Reached reached, String action, String detail) {
        audit.record(reached.caller().actor(), action, reached.id().toString(), detail);
    }
}
