package dev.drover.provider.tool.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.core.Json;
import dev.drover.core.Page;
import dev.drover.core.id.MemoryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.memory.FindMemories;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.Memory;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;

/** {@code memory_list}: what is remembered, newest first. */
public final class ListTool implements Tool {
    private static final int MOST = 100;
    private static final ToolSpec SPEC = MemoryCall.spec(
            "memory_list",
            "Lists what is remembered, newest first, 20 at a time; next_cursor leads on. Tags must all be there.",
            "",
            MemoryCall.NAMESPACE,
            MemoryCall.TAGS,
            "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"default\":20,\"description\":\"At most 100\"}",
            "\"cursor\":{\"type\":\"string\"}");

    private final Memories memories;

    public ListTool(Memories memories) {
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
            MemoryId after = null;
            if (call.arguments().hasNonNull("cursor")) {
                after = Spelling.MEMORY
                        .read(call.text("cursor"))
                        .map(MemoryId::new)
                        .orElseThrow(() -> ToolRefusal.rejected("'cursor' is not the next_cursor of a page"));
            }
            FindMemories wanted =
                    new FindMemories(call.place(), call.tags(), null, call.number("limit", 20, MOST), after);
            Page<Memory> page = memories.list(context.behalf().user(), wanted);
            ArrayNode found = result.putArray("memories");
            page.items().forEach(memory -> MemoryCall.shown(memory, found.addObject()));
            result.put(
                    "next_cursor",
                    page.next() == null
                            ? null
                            : Spelling.MEMORY.of(page.items().getLast().id().value()));
        });
    }
}
