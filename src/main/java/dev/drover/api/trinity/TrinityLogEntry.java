package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of an execution, as its log tells it (ours).
 *
 * @param seq its place in the log, which is the id of its frame in a stream
 * @param type user, assistant, tool_use, tool_result, note, error; result, failed or cancelled at the end
 * @param id of the tool call, the same in its result
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrinityLogEntry(
        long seq,
        String type,
        Instant timestamp,
        @Nullable String content,
        @Nullable String id,
        @Nullable String tool,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable Boolean success,
        @Nullable Long durationMs,
        @Nullable String model,
        @Nullable Tokens usage) {
    /** What a log is made of, beside the ends. */
    static final Set<EventKind> KINDS = EnumSet.of(
            EventKind.SPOKEN,
            EventKind.NOTED,
            EventKind.MODEL_REPLIED,
            EventKind.MODEL_FAILED,
            EventKind.TOOL_CALLED,
            EventKind.TOOL_RETURNED);

    record Tokens(long inputTokens, long outputTokens) {}

    boolean isTool() {
        return tool != null;
    }

    /** Empty for what tells people nothing. */
    static Optional<TrinityLogEntry> of(Event event) {
        return Optional.ofNullable(
                switch (event.entry()) {
                    case Entry.Spoken spoken ->
                        said(
                                event,
                                spoken.said().speaker().name().toLowerCase(Locale.ROOT),
                                spoken.said().text());
                    case Entry.Noted noted -> said(event, "note", noted.message());
                    case Entry.ModelReplied replied -> replied(event, replied);
                    case Entry.ModelFailed failed -> said(event, "error", failed.reason());
                    case Entry.ToolCalled called -> called(event, called);
                    case Entry.ToolReturned returned -> returned(event, returned);
                    case Entry.Completed completed -> said(event, "result", completed.result());
                    case Entry.Failed failed -> said(event, "failed", failed.message());
                    case Entry.Stopped stopped -> said(event, "cancelled", "stopped by " + stopped.by());
                    default -> null;
                });
    }

    private static TrinityLogEntry said(Event event, String type, String content) {
        return new TrinityLogEntry(
                event.seq(), type, event.at(), content, null, null, null, null, null, null, null, null);
    }

    private static TrinityLogEntry replied(Event event, Entry.ModelReplied replied) {
        var reply = replied.reply();
        Tokens usage = new Tokens(reply.usage().inputTokens(), reply.usage().outputTokens());
        return new TrinityLogEntry(
                event.seq(),
                "assistant",
                event.at(),
                reply.text(),
                null,
                null,
                null,
                null,
                null,
                null,
                reply.model(),
                usage);
    }

    private static TrinityLogEntry called(Event event, Entry.ToolCalled called) {
        return new TrinityLogEntry(
                event.seq(),
                "tool_use",
                event.at(),
                null,
                called.call().id(),
                called.call().tool(),
                JsonCodec.tolerant(called.call().input().text()),
                null,
                null,
                null,
                null,
                null);
    }

    private static TrinityLogEntry returned(Event event, Entry.ToolReturned returned) {
        return new TrinityLogEntry(
                event.seq(),
                "tool_result",
                event.at(),
                null,
                returned.callId(),
                returned.tool(),
                null,
                JsonCodec.tolerant(returned.output().text()),
                !returned.isError(),
                returned.millis(),
                null,
                null);
    }
}
