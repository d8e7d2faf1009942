package dev.drover.core.computer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where an agent lives on this host, and how.
 *
 * @param quota of what is the agent's own
 * @param lent of what others have in common with it: who fills that is stopped as if it were its own
 */
public record Home(AgentFolder folder, Owner owner, Layout layout, WorkspaceQuota quota, List<WorkspaceQuota> lent) {
    public Home {
        lent = List.copyOf(lent);
    }

    /** As a computer is to be; what is not there of it yet is made by whoever opens it. */
    public static Home of(ComputerSpec spec, AgentFolder folder, Owner owner) {
        long limit = spec.limits().diskBytes();
        List<Path> own = List.of(folder.workspace(), folder.shared(), folder.state());
        return new Home(
                folder,
                owner,
                spec.layout(),
                new WorkspaceQuota("the workspace", own, limit),
                spec.layout().folders().stream()
                        .filter(mount -> !mount.source().equals(folder.agent()))
                        .map(mount -> new WorkspaceQuota(
                                "the folder in common at '" + mount.path() + "'",
                                List.of(folder.of(mount.source()).shared()),
                                limit))
                        .toList());
    }

    HostWorkspace workspace() {
        return new HostWorkspace(this, WriteRule.ALL);
    }

    /** The absolute paths under which the workspace is known inside. */
    List<String> roots() {
        return List.of(
                "/workspace", layout.home(), folder.workspace().toAbsolutePath().toString());
    }

    /** What lies elsewhere than in the workspace, by its path in there. */
    Map<String, Path> elsewhere() {
        return layout.folders().stream()
                .collect(Collectors.toMap(
                        Layout.Mount::path, mount -> folder.of(mount.source()).shared()));
    }

    List<WorkspaceQuota> quotas() {
        List<WorkspaceQuota> all = new ArrayList<>(lent);
        all.addFirst(quota);
        return all;
    }
}
