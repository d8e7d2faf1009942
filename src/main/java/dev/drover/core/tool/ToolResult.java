package dev.drover.core.tool;

import dev.drover.core.Json;

/** What came of one tool call, as the log keeps it and the model reads it: an object, at most 100 KB of UTF-8. */
public record ToolResult(Json output, boolean isError) {
    /** The Jettson contract's section 6. */
    public static final int LIMIT = 100 * 1024;

    static ToolResult error(String message) {
        return new ToolResult(Json.error(message), true);
    }
}
