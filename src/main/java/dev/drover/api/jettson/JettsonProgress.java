package dev.drover.api.jettson;

import dev.drover.core.run.Progress;

/** One line of an agent's short story; {@code ts} in milliseconds since 1970. */
record JettsonProgress(long ts, String kind, String message) {
    static JettsonProgress of(Progress line, ToolNames tools) {
        return new JettsonProgress(
                line.at().toEpochMilli(),
                line.tool() ? "tool_use" : "info",
                line.tool() ? tools.call(line.text()) : line.text());
    }
}
