package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import java.util.List;
import java.util.Optional;

/** A tool of this server; declared inputs are passed on to it, and judged by its own schema too. */
record BuiltinWork(Tool tool, Schemas schemas) implements Work {
    @Override
    public Json inputSchema() {
        return tool.spec().inputSchema();
    }

    @Override
    public String description() {
        return tool.spec().description();
    }

    @Override
    public boolean repeatable(Json input) {
        return violation(input).isPresent() || tool.repeatable(input);
    }

    @Override
    public ToolAnswer run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        Optional<String> violation = violation(input);
        if (violation.isPresent()) {
            throw ToolRefusal.rejected(violation.get());
        }
        return tool instanceof ShowingTool showing
                ? showing.show(input, context)
                : new ToolAnswer(tool.run(input, context), List.of());
    }

    private Optional<String> violation(Json input) {
        return schemas.violation(inputSchema(), input);
    }
}
