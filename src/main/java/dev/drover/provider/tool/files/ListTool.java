package dev.drover.provider.tool.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.core.Json;
import dev.drover.core.computer.Workspace;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;

/** {@code files_list}: what is in a folder. */
public final class ListTool implements Tool {
    private static final int LIMIT = 1_000;
    private static final ToolSpec SPEC = FileCall.spec(
            "files_list",
            "Lists a folder of /workspace by name, at most 1,000 entries (truncated tells that there are more).",
            """
            {"type":"object","properties":{\
            "path":{"type":"string","default":".","description":"Relative to /workspace"}}}""");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean repeatable(Json input) {
        return true;
    }

    @Override
    public Json run(Json input, ToolContext context) throws ToolRefusal {
        return FileCall.run(input, context, ".", (workspace, path, arguments, result) -> {
            Workspace.Listing listing = workspace.list(path, LIMIT);
            ArrayNode entries = result.putArray("entries");
            for (Workspace.Entry entry : listing.entries()) {
                entries.addObject()
                        .put("name", entry.name())
                        .put("size_bytes", entry.size())
                        .put("is_dir", entry.folder());
            }
            result.put("truncated", listing.truncated());
        });
    }
}
