package dev.drover.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Frame;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Page;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a whole log.
 *
 * @param seq its place among all of its run: 1, 2, 3, without gaps
 * @param ts in milliseconds
 * @param iteration which answer of the model it belongs to
 */
record ConsoleEvent(
        long seq,
        long ts,
        String kind,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer iteration,
        ConsoleDetail detail) {
    /** @param cut most bytes of an output, an input or a text */
    static ConsoleEvent of(Event event, int cut) {
        return new ConsoleEvent(
                event.seq(),
                event.at().toEpochMilli(),
                ConsoleKind.of(EventKind.of(event.entry())).word(),
                ConsoleEvents.iteration(event.entry()),
                ConsoleEvents.detail(event, cut));
    }

    Frame frame() {
        return new Frame(Long.toString(seq), kind, JsonCodec.line(this));
    }

    /**
     * A page of a log, oldest first.
     *
     * @param nextCursor what to put in place of {@code after}, or of {@code before}, for the next page
     */
    record Listed(List<ConsoleEvent> data, @Nullable String nextCursor) {
        static Listed of(Page<Event> page, int cut) {
            return new Listed(
                    page.items().stream()
                            .map(event -> ConsoleEvent.of(event, cut))
                            .toList(),
                    page.next());
        }
    }
}
