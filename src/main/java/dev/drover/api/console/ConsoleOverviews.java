package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.overview.Lookouts;
import dev.drover.core.overview.Overviews;

/** The whole server at a glance, once or live. */
public final class ConsoleOverviews {
    private final Overviews overviews;
    private final Lookouts lookouts;

    public ConsoleOverviews(Overviews overviews, Lookouts lookouts) {
        this.overviews = overviews;
        this.lookouts = lookouts;
    }

    public Operation get() {
        return Operation.of(
                        "See the whole server at a glance, as far as the caller may",
                        call -> Answer.ok(ConsoleOverview.of(overviews.of(call.caller()))))
                .answers(200, ConsoleOverview.class);
    }

    public Operation stream() {
        return Operation.of("Follow that live, as server-sent events: each is the whole overview anew", this::stream)
                .header("Last-Event-ID", String.class, "The id of the last event already seen")
                .answersType(200, "text/event-stream");
    }

    private Answer stream(Call call) {
        return Answer.stream(new ConsoleFrames(lookouts.follow(call.caller(), call.header("Last-Event-ID"))));
    }
}
