package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolResult;
import java.util.Optional;

/** Stands in for the tools of a run: nothing is done, and each call comes to what the log says that it came to. */
record ReplayTools(ReplayLog log) implements Tools {
    @Override
    public boolean has(ToolCall call) {
        return true;
    }

    /** What a tool says of itself is in the log by what was done: a call that was not repeated is in doubt. */
    @Override
    public boolean repeatable(ToolCall call) throws InterruptedException {
        return result(call).map(returned -> !returned.inDoubt()).orElseThrow(ReplayTools::nothing);
    }

    @Override
    public ToolResult run(ToolCall call) throws InterruptedException {
        Entry.ToolReturned returned = result(call).orElseThrow(ReplayTools::nothing);
        return new ToolResult(returned.output(), returned.isError(), log.pictures(call.id()));
    }

    /** The words for it are the tool's. */
    @Override
    public ToolResult failed(ToolCall call, String reason) {
        Json output = result(call).map(Entry.ToolReturned::output).orElseGet(() -> Json.error(reason));
        return new ToolResult(output, true);
    }

    private Optional<Entry.ToolReturned> result(ToolCall call) {
        return log.result(call.id());
    }

    private static InterruptedException nothing() {
        return new InterruptedException("the log tells of no result");
    }
}
