package dev.drover.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.id.Spelling;
import dev.drover.core.model.Usage;
import dev.drover.core.run.Entry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event says beside its kind. */
sealed interface ConsoleDetail {
    /** A remark, or the instructions that a run came with. */
    record Words(String text) implements ConsoleDetail {}

    /** A message that the run came with; the speaker is user or assistant. */
    record Spoken(String speaker, String text) implements ConsoleDetail {}

    record Consulted(List<Passage> passages) implements ConsoleDetail {
        record Passage(String document, String text) {}
    }

    record Opened(String isolation, Map<String, String> facts) implements ConsoleDetail {}

    record Recalled(List<Memory> memories) implements ConsoleDetail {
        record Memory(String namespace, String key, String value) {}
    }

    record Egress(String target, boolean allowed, @Nullable String reason, int times) implements ConsoleDetail {}

    record Called(int attempt) implements ConsoleDetail {}

    /** A piece of a reply: of its text or its thinking. */
    record Piece(String type, String text) implements ConsoleDetail {}

    record Trouble(int attempt, String reason, @Nullable Long nextTryMs) implements ConsoleDetail {}

    /** A whole reply; {@code bytes} tells how many there were of text and thinking before they were cut. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Replied(
            String text,
            String thinking,
            List<Wish> calls,
            Tokens tokens,
            String stop,
            String model,
            @Nullable Boolean truncated,
            @Nullable Long bytes)
            implements ConsoleDetail {
        /** What the model wants done; the call itself is an event of its own. */
        record Wish(String callId, String tool) {}
    }

    record Tokens(long input, long output, long cached, long cacheWritten) {
        static Tokens of(Usage usage) {
            return new Tokens(
                    usage.inputTokens(), usage.outputTokens(), usage.cacheReadTokens(), usage.cacheWriteTokens());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolCalled(
            String callId,
            String tool,
            JsonNode input,
            @Nullable Boolean truncated,
            @Nullable Long bytes) implements ConsoleDetail {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolReturned(
            String callId,
            String tool,
            JsonNode output,
            boolean isError,
            boolean inDoubt,
            long ms,
            @Nullable Boolean truncated,
            @Nullable Long bytes)
            implements ConsoleDetail {}

    /** What a tool showed; its bytes are at the URL. */
    record Picture(String callId, String url, String mediaType, int bytes) implements ConsoleDetail {}

    record Session(String runtime, String session) implements ConsoleDetail {}

    record Charged(Tokens tokens, double dollars) implements ConsoleDetail {}

    record Placed(int count) implements ConsoleDetail {}

    record Refused(String reason) implements ConsoleDetail {}

    /** What stands before was copied from a run; {@code seq} is the last step of it, as Jettson counts. */
    record Forked(
            String agentId,
            String runId,
            long seq,
            @Nullable String edited) implements ConsoleDetail {
        static Forked of(Entry.Forked forked) {
            return new Forked(
                    Spelling.AGENT.of(forked.agent().value()), forked.run().toString(), forked.step(), forked.edited());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Completed(
            String result,
            @Nullable Boolean truncated,
            @Nullable Long bytes) implements ConsoleDetail {}

    record Failed(String reason, String message) implements ConsoleDetail {}

    record Stopped(String by) implements ConsoleDetail {}
}
