package dev.drover.provider.tool.files;

import dev.drover.core.Json;
import dev.drover.core.computer.Workspace;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.Utf8;

/** {@code files_read}: the first megabyte of a file as text. */
public final class ReadTool implements Tool {
    private static final int LIMIT = 1024 * 1024;
    private static final ToolSpec SPEC = FileCall.spec(
            "files_read",
            "Reads a file of /workspace as UTF-8 text; of a file over 1 MB only the first 1 MB (truncated is true).",
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
            Workspace.Content content = workspace.read(path, LIMIT);
            boolean truncated = content.size() > content.bytes().length;
            result.put("content", Utf8.decode(content.bytes(), truncated))
                    .put("size_bytes", content.size())
                    .put("truncated", truncated);
        });
    }
}
