package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.run.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a run (contract, section 3.6); what does not apply is left out. */
@CamelCase
@JsonInclude(JsonInclude.Include.NON_NULL)
record MakeStep(
        String id,
        @Nullable Integer index,
        String role,
        String content,
        @Nullable Long executionTimeMs,
        @Nullable Tokens tokenUsage,
        @Nullable List<Called> toolCalls,
        @Nullable Returned toolResponse,
        String agentIterationId) {
    /** As a frame of a stream: whoever reads that counts for himself. */
    Frame frame() {
        return new Frame(role, content, id, agentIterationId, executionTimeMs, tokenUsage, toolCalls, toolResponse);
    }

    /** The data of a frame (section 3.7), in the order of the seed. */
    @CamelCase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Frame(
            String role,
            String content,
            String id,
            String agentIterationId,
            @Nullable Long executionTimeMs,
            @Nullable Tokens tokenUsage,
            @Nullable List<Called> toolCalls,
            @Nullable Returned toolResponse) {}

    @CamelCase
    record Tokens(long promptTokens, long completionTokens, long totalTokens) {
        static final Tokens NONE = new Tokens(0, 0, 0);

        static Tokens of(Usage usage) {
            return new Tokens(usage.inputTokens(), usage.outputTokens(), usage.inputTokens() + usage.outputTokens());
        }

        Tokens plus(Tokens other) {
            return new Tokens(
                    promptTokens + other.promptTokens,
                    completionTokens + other.completionTokens,
                    totalTokens + other.totalTokens);
        }
    }

    @CamelCase
    record Called(String id, String name, JsonNode args) {
        static Called of(ToolCall call) {
            JsonNode input = JsonCodec.tolerant(call.input().text());
            // What a model writes may be no object at all; clients count on one.
            JsonNode args = input.isObject()
                    ? input
                    : JsonCodec.tolerant(
                            JsonCodec.line(Map.of("input", call.input().text())));
            return new Called(call.id(), call.tool(), args);
        }
    }

    @CamelCase
    record Returned(String toolCallId, String name, String content, String status) {
        static Returned of(Entry.ToolReturned returned) {
            Status status = returned.inDoubt() ? Status.IN_DOUBT : returned.isError() ? Status.ERROR : Status.SUCCESS;
            return new Returned(
                    returned.callId(),
                    returned.tool(),
                    returned.output().text(),
                    status.name().toLowerCase(Locale.ROOT));
        }
    }

    private enum Status {
        SUCCESS,
        ERROR,
        IN_DOUBT
    }
}
