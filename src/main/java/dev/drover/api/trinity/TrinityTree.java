package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.computer.Workspace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of an agent's home with all below it (contract, section 5.9).
 *
 * @param truncated true when there is more than is shown, else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrinityTree(
        String basePath,
        String requestedPath,
        int totalFiles,
        boolean showHidden,
        List<Node> tree,
        @Nullable Boolean truncated) {
    static TrinityTree of(Workspace.Tree tree, boolean showHidden) {
        List<Node> nodes = tree.children().stream().map(Node::of).toList();
        int files = tree.children().stream()
                .mapToInt(child -> child.folder() ? child.files() : 1)
                .sum();
        return new TrinityTree(
                TrinityFiles.HOME, tree.stat().path(), files, showHidden, nodes, tree.truncated() ? true : null);
    }

    /** A folder, with a count and children, or a file, with a size. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Node(
            String name,
            String path,
            String type,
            @Nullable Long size,
            @Nullable Integer fileCount,
            Instant modified,
            @Nullable List<Node> children) {
        private static Node of(Workspace.Node node) {
            return node.folder()
                    ? new Node(
                            node.name(),
                            node.path(),
                            "directory",
                            null,
                            node.files(),
                            node.modified(),
                            node.children().stream().map(Node::of).toList())
                    : new Node(node.name(), node.path(), "file", node.size(), null, node.modified(), null);
        }
    }
}
