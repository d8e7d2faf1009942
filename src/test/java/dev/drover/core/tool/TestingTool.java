package dev.drover.core.tool;

import dev.drover.core.Json;

/** A tool whose work is given by the test; it takes {@code {"text": string}}. */
record TestingTool(String name, boolean repeatable, Work work) implements Tool {
    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, "Shell", "command", "Does what the test says.", new Json("""
                {"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}"""));
    }

    @Override
    public boolean repeatable(Json input) {
        return repeatable;
    }

    @Override
    public Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        return work.run(input);
    }

    interface Work {
        Json run(Json input) throws ToolRefusal, InterruptedException;
    }
}
