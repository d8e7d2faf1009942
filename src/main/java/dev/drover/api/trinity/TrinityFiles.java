package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Workspace;
import dev.drover.core.machine.Machines;
import dev.drover.core.machine.ProtectedNames;
import dev.drover.core.machine.ReadOnlyRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The files in agents' homes: list, write, delete (contract, sections 5.9 and 5.10). */
public final class TrinityFiles {
    static final String HOME = "/home/developer";
    private static final int MOST_ENTRIES = 10_000;
    private static final String LISTING = "Failed to list files: ";

    private final Machines machines;
    private final TrinityAgentPath path;

    public TrinityFiles(Machines machines, TrinityAgentPath path) {
        this.machines = machines;
        this.path = path;
    }

    public Operation list() {
        return Operation.of("List the files in an agent's home, at most 10,000", this::list)
                .query("path", String.class, "A folder, absolute or from the home; the home when left out")
                .query("show_hidden", Boolean.class, "Whether names that begin with a dot are shown; false")
                .query("depth", Integer.class, "How many levels, 1 for the folder's own entries; all when left out")
                .answers(200, TrinityTree.class)
                .refuses(400, 403, 404, 422, 503);
    }

    private Answer list(Call call) {
        Reached reached = path.forUse(call);
        boolean hidden = TrinityQuery.flag(call, "show_hidden", false);
        int depth = TrinityQuery.integer(call, "depth", Integer.MAX_VALUE);
        if (depth < 1) {
            throw TrinityFileCall.rejected(400, LISTING + "depth must be at least 1, but is " + depth);
        }
        String given = call.query("path");
        String folder = given == null || given.isEmpty() ? "." : given;
        Workspace workspace = machines.computer(reached.id()).workspace();
        return Answer.ok(TrinityFileCall.with(
                LISTING,
                folder,
                () -> TrinityTree.of(
                        workspace.tree(folder, new Workspace.Bounds(hidden, depth, MOST_ENTRIES)), hidden)));
    }

    public Operation put() {
        return Operation.of("Write a text file of an agent's home, with the folders above it", this::put)
                .query("path", String.class, "The file, absolute or from the home")
                .takes(Text.class)
                .answers(200, Put.class)
                .refuses(400, 403, 404, 422, 503);
    }

    private Answer put(Call call) {
        Reached reached = path.forUse(call);
        String file = TrinityQuery.text(call, "path");
        String content = TrinityBody.read(call, body -> body.text("content"));
        Workspace all = machines.computer(reached.id()).workspace();
        Workspace workspace = own(call, reached, all).guarded(ProtectedNames.FROM_WRITING);
        return TrinityFileCall.with("", file, () -> {
            workspace.write(file, content.getBytes(StandardCharsets.UTF_8));
            Workspace.Stat stat = workspace.stat(file);
            return Answer.ok(new Put(true, stat.path(), stat.size(), stat.modified()));
        });
    }

    public Operation delete() {
        return Operation.of("Delete a file or a folder of an agent's home", this::delete)
                .query("path", String.class, "The file or folder, absolute or from the home")
                .answers(200, Gone.class)
                .refuses(400, 403, 404, 422, 503);
    }

    private Answer delete(Call call) {
        Reached reached = path.forUse(call);
        String file = TrinityQuery.text(call, "path");
        Workspace all = machines.computer(reached.id()).workspace();
        Workspace workspace = own(call, reached, all).guarded(ProtectedNames.FROM_DELETION);
        Workspace.Removed removed = TrinityFileCall.with("", file, () -> workspace.remove(file));
        return Answer.ok(new Gone(true, removed.path(), removed.folder() ? "directory" : "file", removed.files()));
    }

    /** People may write whatever the mode; an agent's own credentials only what the agent may (section 10). */
    private Workspace own(Call call, Reached reached, Workspace workspace) {
        return call.caller().agent() == null
                ? workspace
                : workspace.guarded(ReadOnlyRule.of(machines.settings(reached.id())));
    }

    record Text(String content) {}

    /** What was written. */
    record Put(boolean success, String path, long size, Instant modified) {}

    /** What was deleted. */
    record Gone(boolean success, String deleted, String type, int fileCount) {}
}
