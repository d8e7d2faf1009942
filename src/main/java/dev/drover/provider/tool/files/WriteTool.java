package dev.drover.provider.tool.files;

import dev.drover.core.Json;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import java.nio.charset.StandardCharsets;

/** {@code files_write}: a whole file, in one piece or not at all. */
public final class WriteTool implements Tool {
    private static final int LIMIT = 5 * 1024 * 1024;
    private static final ToolSpec SPEC = FileCall.spec(
            "files_write",
            "Writes a file of /workspace, at most 5 MB of UTF-8 text; makes missing folders and overwrites.",
            """
            {"type":"object","required":["path","content"],"properties":{\
            "path":{"type":"string","description":"Relative to /workspace"},\
            "content":{"type":"string","description":"All of the file's text"}}}""");

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
            byte[] content = arguments.path("content").asText().getBytes(StandardCharsets.UTF_8);
            if (content.length > LIMIT) {
                throw ToolRefusal.rejected(
                        "the content is %d bytes, the limit is 5 MB (%d); write it in parts with the shell"
                                .formatted(content.length, LIMIT));
            }
            workspace.write(path, content);
            result.put("bytes_written", content.length);
        });
    }
}
