package dev.drover.provider.tool.memory;

import dev.drover.core.Json;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.Memory;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import java.util.Optional;

/** {@code memory_get}: what is remembered under a key. */
public final class GetTool implements Tool {
    private static final ToolSpec SPEC = MemoryCall.spec(
            "memory_get",
            "Reads what is remembered under a key; found tells whether there is anything.",
            "\"key\"",
            MemoryCall.KEY,
            MemoryCall.NAMESPACE);

    private final Memories memories;

    public GetTool(Memories memories) {
        this.memories = memories;
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
            Optional<Memory> found = memories.get(context.behalf().user(), call.name());
            result.put("found", found.isPresent());
            found.ifPresent(memory -> MemoryCall.fields(memory, result));
        });
    }
}
