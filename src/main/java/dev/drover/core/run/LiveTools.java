package dev.drover.core.run;

import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolResult;
import dev.drover.core.tool.Toolbox;

/** The tools of a run that goes on now, with all that they work with in it. */
record LiveTools(Toolbox toolbox, ToolContext context) implements Tools {
    @Override
    public boolean has(ToolCall call) {
        return toolbox.has(shown(toolbox, call));
    }

    @Override
    public boolean repeatable(ToolCall call) {
        return toolbox.repeatable(shown(toolbox, call));
    }

    @Override
    public ToolResult run(ToolCall call) throws InterruptedException {
        return toolbox.run(shown(toolbox, call), context);
    }

    @Override
    public ToolResult failed(ToolCall call, String reason) {
        return failed(toolbox, call, reason);
    }

    /** The same for whoever ends a run without working it. */
    static ToolResult failed(Toolbox toolbox, ToolCall call, String reason) {
        return toolbox.failed(shown(toolbox, call), reason);
    }

    private static ToolCall shown(Toolbox toolbox, ToolCall call) {
        return new ToolCall(call.id(), toolbox.style().shown(call.tool()), call.input());
    }
}
