package dev.drover.core.run;

import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolResult;

/** What a loop reaches by calls, which name tools plainly: its run's tools, or what a log says came of them. */
interface Tools {
    /** Whether the call is of a tool that there is. */
    boolean has(ToolCall call);

    /** Whether a call whose result was lost may simply be made again. */
    boolean repeatable(ToolCall call) throws InterruptedException;

    /** Runs the call. Only an interrupt leaves by exception. */
    ToolResult run(ToolCall call) throws InterruptedException;

    /** The result of a call that could not be seen through. */
    ToolResult failed(ToolCall call, String reason);
}
