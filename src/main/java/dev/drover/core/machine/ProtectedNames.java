package dev.drover.core.machine;

import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WriteRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names that the files routes leave alone, wherever they are in a home, with all below them (contract, 5.10). */
public final class ProtectedNames implements WriteRule {
    /** From being written. */
    public static final ProtectedNames FROM_WRITING =
            new ProtectedNames(Set.of(".trinity", ".git", ".gitignore", ".env", ".mcp.json.template"));

    /** From being deleted. */
    public static final ProtectedNames FROM_DELETION = new ProtectedNames(
            Set.of(".trinity", ".git", ".gitignore", ".env", ".mcp.json.template", "CLAUDE.md", ".mcp.json"));

    private final Set<String> names;

    private ProtectedNames(Set<String> names) {
        this.names = names;
    }

    @Override
    public void judge(String path) throws Workspace.WriteRefused {
        Set<String> found = new TreeSet<>(List.of(path.split("/")));
        found.retainAll(names);
        if (!found.isEmpty()) {
            throw new Workspace.WriteRefused("'" + path + "' is protected: " + String.join(", ", found)
                    + " is changed by credentials, git or the agent itself, not through its files");
        }
    }
}
