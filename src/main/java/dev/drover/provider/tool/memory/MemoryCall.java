package dev.drover.provider.tool.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.Spelling;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.ToolJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the memory tools have in common: arguments, names, and how they go wrong. */
record MemoryCall(ObjectNode arguments, ToolContext context) {
    static final String NAMESPACE = "\"namespace\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}";
    static final String KEY = "\"key\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":128,"
            + "\"description\":\"Short, in snake_case\"}";
    static final String TAGS = "\"tags\":{\"type\":\"array\",\"maxItems\":20,\"items\":{\"type\":\"string\","
            + "\"minLength\":1,\"maxLength\":50}}";

    static ToolSpec spec(String name, String description, String required, String... properties) {
        String schema = "{\"type\":\"object\",\"properties\":{" + String.join(",", properties) + "},\"required\":["
                + required + "]}";
        return new ToolSpec(name, "Memory", "operation", description, new Json(schema));
    }

    static Json run(Json input, ToolContext context, Operation operation) throws ToolRefusal, InterruptedException {
        ObjectNode result = ToolJson.object();
        try {
            operation.run(new MemoryCall(ToolJson.read(input), context), result);
            return ToolJson.write(result);
        } catch (Refused refused) {
            throw refusal(refused.problem());
        }
    }

    private static ToolRefusal refusal(Problem problem) {
        return switch (problem) {
            case Problem.Invalid invalid -> ToolRefusal.rejected("'" + invalid.field() + "' " + invalid.reason());
            case Problem.MemoryFull full ->
                ToolRefusal.failed(
                        "the memory quota of the plan '%s' is used up: %d of %d memories; delete some, or put to a key"
                                        .formatted(full.plan(), full.current(), full.max())
                                + " that exists");
            case Problem.Unavailable away -> ToolRefusal.failed(away.what() + " is away for now");
            default -> ToolRefusal.failed("memory is not to be had: " + problem);
        };
    }

    String text(String name) {
        return arguments.path(name).asText();
    }

    int number(String name, int otherwise, int most) {
        return Math.clamp(arguments.path(name).asInt(otherwise), 1, most);
    }

    /** Where to look: what the call says, else what the run says, else anywhere. */
    @Nullable String place() {
        return arguments.hasNonNull("namespace")
                ? text("namespace")
                : context.behalf().namespace();
    }

    MemoryKey name() {
        String place = place();
        return new MemoryKey(place == null ? Memory.DEFAULT_NAMESPACE : place, text("key"));
    }

    List<String> tags() {
        List<String> tags = new ArrayList<>();
        arguments.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    static ObjectNode shown(Memory memory, ObjectNode shown) {
        shown.put("memory_id", Spelling.MEMORY.of(memory.id().value()));
        return fields(memory, shown);
    }

    static ObjectNode fields(Memory memory, ObjectNode shown) {
        shown.put("value", memory.value()).put("key", memory.key()).put("namespace", memory.namespace());
        ArrayNode tags = shown.putArray("tags");
        memory.tags().forEach(tags::add);
        return shown.put("importance", memory.importance())
                .put("created_at", memory.createdAt().toEpochMilli())
                .put("updated_at", memory.updatedAt().toEpochMilli())
                .put("access_count", memory.accessCount());
    }

    /** Does the work and adds to the result. */
    interface Operation {
        void run(MemoryCall call, ObjectNode result) throws ToolRefusal, InterruptedException;
    }
}
