package dev.drover.provider.tool.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.Json;
import dev.drover.core.id.Spelling;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.PutMemory;
import dev.drover.core.memory.Source;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import java.time.Clock;

/** {@code memory_put}: remembers something for later runs. */
public final class PutTool implements Tool {
    private static final ToolSpec SPEC = MemoryCall.spec(
            "memory_put",
            "Remembers something for later runs of any of your user's agents. A key that exists gets a new version.",
            "\"key\",\"value\"",
            MemoryCall.KEY,
            "\"value\":{\"type\":\"string\",\"maxLength\":5000}",
            MemoryCall.NAMESPACE,
            MemoryCall.TAGS,
            "\"importance\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10,\"default\":5}",
            "\"expires_in_days\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":36500}");

    private final Memories memories;
    private final Clock clock;

    public PutTool(Memories memories, Clock clock) {
        this.memories = memories;
        this.clock = clock;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean repeatable(Json input) {
        return true;
    }

    @Override
    public Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        return MemoryCall.run(input, context, (call, result) -> {
            JsonNode days = call.arguments().path("expires_in_days");
            PutMemory order = new PutMemory(
                    call.name(),
                    call.text("value"),
                    call.arguments().hasNonNull("tags") ? call.tags() : null,
                    call.arguments().hasNonNull("importance") ? call.number("importance", 5, 10) : null,
                    days.isNumber() ? PutMemory.inDays(clock.instant(), days.doubleValue()) : null,
                    Source.MANUAL);
            Memory memory = memories.put(context.behalf().user(), order).memory();
            result.put("memory_id", Spelling.MEMORY.of(memory.id().value()))
                    .put("key", memory.key())
                    .put("namespace", memory.namespace());
        });
    }
}
