package dev.drover.provider.tool.files;

import dev.drover.core.Json;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;

/** {@code files_delete}: one file, never a folder. */
public final class DeleteTool implements Tool {
    private static final ToolSpec SPEC = FileCall.spec(
            "files_delete",
            "Deletes a file of /workspace. Folders are refused; remove them with rmdir in the shell.",
            """
            {"type":"object","required":["path"],"properties":{\
            "path":{"type":"string","description":"Relative to /workspace"}}}""");

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
        return FileCall.run(input, context, "", (workspace, path, arguments, result) -> {
            workspace.delete(path);
            result.put("deleted", true);
        });
    }
}
