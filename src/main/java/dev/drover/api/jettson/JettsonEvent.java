package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.Frame;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Shortened;
import dev.drover.core.Page;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Event;
import dev.drover.core.tool.ToolStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of a log (contract, section 4.5); what does not apply to its kind is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonEvent(
        String eventId,
        long seq,
        long ts,
        String kind,
        String message,
        @Nullable Integer iteration,
        @Nullable String tool,
        @Nullable String toolUseId,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable Boolean outputTruncated,
        @Nullable Boolean isError,
        @Nullable Boolean inDoubt,
        @Nullable Long durationMs) {
    static JettsonEvent of(Event event, ToolStyle style) {
        return JettsonEvents.of(event, style);
    }

    static JettsonEvent of(Event event, JettsonKind kind, String message, @Nullable Integer iteration) {
        return new JettsonEvent(
                Spelling.EVENT.of(event.id()),
                event.step(),
                event.at().toEpochMilli(),
                kind.word(),
                message,
                iteration,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    JettsonEvent using(String toolName, String useId, JsonNode given) {
        return new JettsonEvent(
                eventId, seq, ts, kind, message, iteration, toolName, useId, given, null, null, null, null, null);
    }

    JettsonEvent returning(String toolName, String useId, Shortened result, Outcome outcome) {
        return new JettsonEvent(
                eventId,
                seq,
                ts,
                kind,
                message,
                iteration,
                toolName,
                useId,
                null,
                result.value(),
                result.truncated(),
                outcome.isError(),
                outcome.inDoubt() ? true : null,
                outcome.millis());
    }

    /** How a tool call ended. */
    record Outcome(boolean isError, boolean inDoubt, long millis) {}

    Frame frame() {
        return new Frame(Long.toString(seq), kind, JsonCodec.line(this));
    }

    /** A page of a log; its cursor is the number of the last event. */
    record Listed(List<JettsonEvent> data, @Nullable String nextCursor) {
        static Listed of(Page<Event> page, ToolStyle style) {
            return new Listed(
                    page.items().stream()
                            .map(event -> JettsonEvent.of(event, style))
                            .toList(),
                    page.next());
        }
    }
}
