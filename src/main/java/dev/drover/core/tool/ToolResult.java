package dev.drover.core.tool;

import dev.drover.core.Json;
import dev.drover.core.model.Picture;
import java.util.List;

/**
 * What came of one tool call, as the log keeps it and the model reads it: an object, at most 100 KB of UTF-8, and
 * what a model that can see is shown beside it.
 */
public record ToolResult(Json output, boolean isError, List<Picture> pictures) {
    /** The Jettson contract's section 6. */
    public static final int LIMIT = 100 * 1024;

    public ToolResult {
        pictures = List.copyOf(pictures);
    }

    public ToolResult(Json output, boolean isError) {
        this(output, isError, List.of());
    }

    static ToolResult error(String message) {
        return new ToolResult(Json.error(message), true);
    }
}
