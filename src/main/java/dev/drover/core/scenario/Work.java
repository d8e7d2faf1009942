package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;

/** One kind of action, ready to be done: what it takes, and how. */
interface Work {
    /** For a scenario that declares no input of its own. */
    Json inputSchema();

    /** What there is to say of it when the scenario says nothing. */
    String description();

    boolean repeatable(Json input);

    ToolAnswer run(Json input, ToolContext context) throws ToolRefusal, InterruptedException;
}
