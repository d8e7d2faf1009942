package dev.drover.core.tool;

import dev.drover.core.Json;

/** A tool that may show pictures beside its output. */
public interface ShowingTool extends Tool {
    /** Does it, as {@link Tool#run}. */
    ToolAnswer show(Json input, ToolContext context) throws ToolRefusal, InterruptedException;

    @Override
    default Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        return show(input, context).output();
    }
}
