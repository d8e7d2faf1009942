package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scenario, or a tool of a server, as a model calls it: within its time, and only what was declared comes back. */
record ScenarioTool(
        ToolSpec spec,
        Work work,
        Duration timeout,
        boolean withApproval,
        @Nullable List<Field> output,
        Outputs outputs) implements ShowingTool {
    @Override
    public boolean repeatable(Json input) {
        return withApproval || work.repeatable(input);
    }

    @Override
    public ToolAnswer show(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        if (withApproval) {
            throw ToolRefusal.rejected("a human must approve each call of '" + spec.name()
                    + "', and nobody has; it was not executed, and calling it again will not help");
        }
        ToolAnswer answer = InTime.within(timeout, () -> work.run(input, context));
        return output == null ? answer : new ToolAnswer(outputs.pick(output, answer.output()), answer.pictures());
    }
}
