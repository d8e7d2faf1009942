package dev.drover.api.jettson;

import dev.drover.core.run.Progress;
import dev.drover.core.tool.ToolStyle;

/** One line of an agent's short story; {@code ts} in milliseconds since 1970. */
record JettsonProgress(long ts, String kind, String message) {
    static JettsonProgress of(Progress line, ToolStyle style) {
        return new JettsonProgress(
                line.at().toEpochMilli(),
                line.tool() ? "tool_use" : "info",
                line.tool() ? style.shown(line.text()) + "(…)" : line.text());
    }
}
