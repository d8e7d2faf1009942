package dev.drover.provider.tool.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.core.Json;
import dev.drover.core.memory.Found;
import dev.drover.core.memory.Search;
import dev.drover.core.memory.SearchMemories;
import dev.drover.core.memory.SearchMode;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;

/** {@code memory_search}: what is remembered about something. */
public final class SearchTool implements Tool {
    private static final int MOST = 50;
    private static final ToolSpec SPEC = MemoryCall.spec(
            "memory_search",
            "Finds what is remembered about something, by words and meaning, the best first. Tags must all be there.",
            "\"query\"",
            "\"query\":{\"type\":\"string\",\"minLength\":1}",
            MemoryCall.NAMESPACE,
            MemoryCall.TAGS,
            "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"default\":10,\"description\":\"At most 50\"}",
            "\"mode\":{\"type\":\"string\",\"enum\":[\"hybrid\",\"semantic\",\"keyword\"],\"default\":\"hybrid\"}");

    private final Search search;

    public SearchTool(Search search) {
        this.search = search;
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
            SearchMemories wanted = new SearchMemories(
                    call.text("query"),
                    call.place(),
                    call.tags(),
                    call.number("limit", 10, MOST),
                    SearchMode.of(call.text("mode")).orElse(SearchMode.HYBRID));
            Found found = search.find(context.behalf().user(), wanted);
            ArrayNode results = result.putArray("results");
            for (Found.Hit hit : found.hits()) {
                MemoryCall.shown(hit.memory(), results.addObject()).put("score", hit.score());
            }
            result.put("mode", found.mode().word());
        });
    }
}
