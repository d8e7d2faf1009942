package dev.drover.provider.tool.memory;

import dev.drover.core.Json;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;

/** {@code memory_delete}: forgets what is under a key. */
public final class DeleteTool implements Tool {
    private static final ToolSpec SPEC = MemoryCall.spec(
            "memory_delete",
            "Forgets what is remembered under a key; deleted tells whether there was anything.",
            "\"key\"",
            MemoryCall.KEY,
            MemoryCall.NAMESPACE);

    private final Memories memories;

    public DeleteTool(Memories memories) {
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
            MemoryKey name = call.name();
            result.put("deleted", memories.delete(context.behalf().user(), name, false))
                    .put("key", name.key())
                    .put("namespace", name.namespace());
        });
    }
}
