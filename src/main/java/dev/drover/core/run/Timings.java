package dev.drover.core.run;

import dev.drover.core.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads off a log where the time of its run went. Takes the entries that tell it, in order. */
final class Timings {
    /** A gap that is shorter tells nobody anything. */
    private static final long SHORTEST_WAIT_MILLIS = 20;

    static final Set<EventKind> TELLING = EventKind.withEnds(EnumSet.of(
            EventKind.INSTRUCTED,
            EventKind.SPOKEN,
            EventKind.COMPUTER_OPENED,
            EventKind.SESSION_BEGAN,
            EventKind.MODEL_CALLED,
            EventKind.MODEL_FAILED,
            EventKind.MODEL_REPLIED,
            EventKind.TOOL_CALLED,
            EventKind.TOOL_RETURNED));

    private final String model;
    private final List<Span> spans = new ArrayList<>();
    private final Map<String, Integer> tools = new HashMap<>();
    private int asking = -1;
    private @Nullable Instant idle;

    /** @param model what the model is called until it says so itself */
    Timings(String model, Instant born) {
        this.model = model;
        this.idle = born;
    }

    List<Span> spans() {
        return spans;
    }

    void take(Event event) {
        switch (event.entry()) {
            case Entry.ModelCalled called -> {
                waited(event, "the next step");
                asking = begin(Span.Kind.MODEL, event, model);
            }
            case Entry.ModelFailed failed -> {
                if (asking >= 0) {
                    spans.set(asking, spans.get(asking).ended(event.at(), true));
                    asking = -1;
                }
                idle = event.at();
            }
            case Entry.ModelReplied replied -> replied(event, replied);
            case Entry.ToolCalled called -> {
                waited(event, "the next step");
                tools.put(
                        called.call().id(),
                        begin(Span.Kind.TOOL, event, called.call().tool()));
            }
            case Entry.ToolReturned returned -> returned(event, returned);
            case Entry.ComputerOpened opened -> waited(event, "its computer");
            case Entry.Ended ended -> end(event);
            default -> {
                // Messages that a run came with take none of its time.
            }
        }
    }

    private int begin(Span.Kind kind, Event event, String name) {
        spans.add(new Span(kind, event.seq(), name, event.at(), null, Usage.NONE, false));
        idle = null;
        return spans.size() - 1;
    }

    /** A program asks by itself: of its replies only the end is known, which began when the entry before ended. */
    private void replied(Event event, Entry.ModelReplied replied) {
        int place = asking;
        if (place < 0) {
            Instant from = idle == null ? event.at() : idle;
            spans.add(new Span(Span.Kind.MODEL, event.seq(), model, from, event.at(), Usage.NONE, false));
            place = spans.size() - 1;
        }
        Span said = spans.get(place);
        spans.set(
                place,
                said.answered(
                        replied.reply().model(), event.at(), replied.reply().usage()));
        asking = -1;
        idle = event.at();
    }

    private void returned(Event event, Entry.ToolReturned returned) {
        Integer place = tools.remove(returned.callId());
        if (place != null) {
            Span span = spans.get(place);
            spans.set(place, span.ended(span.from().plusMillis(returned.millis()), returned.isError()));
        }
        idle = tools.isEmpty() ? event.at() : null;
    }

    private void waited(Event event, String name) {
        Instant since = idle;
        if (since != null && event.at().toEpochMilli() - since.toEpochMilli() >= SHORTEST_WAIT_MILLIS) {
            spans.add(new Span(Span.Kind.WAITING, event.seq(), name, since, event.at(), Usage.NONE, false));
        }
        idle = event.at();
    }

    private void end(Event event) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).until() == null) {
                spans.set(i, spans.get(i).ended(event.at(), true));
            }
        }
    }
}
