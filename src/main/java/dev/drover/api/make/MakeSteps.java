package dev.drover.api.make;

import dev.drover.core.id.RunId;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes steps of the entries of one run's log, in their order. */
final class MakeSteps {
    /** The entries that it needs, beside the ends. */
    static final Set<EventKind> KINDS = EnumSet.of(
            EventKind.INSTRUCTED,
            EventKind.SPOKEN,
            EventKind.MODEL_CALLED,
            EventKind.MODEL_REPLIED,
            EventKind.TOOL_RETURNED);

    private final RunId run;
    private final String iteration;
    private int next;
    private @Nullable Instant asked;

    MakeSteps(RunId run) {
        this.run = run;
        this.iteration = MakeIds.iteration(run).toString();
    }

    /** The step that an entry tells of; empty for one that tells of none. */
    Optional<MakeStep> of(Event event) {
        return switch (event.entry()) {
            case Entry.Instructed instructed -> Optional.of(said(event, "system", instructed.text()));
            case Entry.Spoken spoken -> Optional.of(said(event, spoken.said()));
            case Entry.ModelCalled called -> {
                asked = event.at();
                yield Optional.empty();
            }
            case Entry.ModelReplied replied -> Optional.of(replied(event, replied));
            case Entry.ToolReturned returned -> Optional.of(returned(event, returned));
            default -> Optional.empty();
        };
    }

    private MakeStep said(Event event, Said said) {
        return said(event, said.speaker().name().toLowerCase(Locale.ROOT), said.text());
    }

    private MakeStep said(Event event, String role, String content) {
        return new MakeStep(id(event), next++, role, content, null, null, null, null, iteration);
    }

    private MakeStep replied(Event event, Entry.ModelReplied replied) {
        var reply = replied.reply();
        List<MakeStep.Called> calls =
                reply.calls().stream().map(MakeStep.Called::of).toList();
        Long took = asked == null ? null : Duration.between(asked, event.at()).toMillis();
        return new MakeStep(
                id(event),
                next++,
                "assistant",
                reply.text(),
                took,
                MakeStep.Tokens.of(reply.usage()),
                calls.isEmpty() ? null : calls,
                null,
                iteration);
    }

    private MakeStep returned(Event event, Entry.ToolReturned returned) {
        MakeStep.Returned response = MakeStep.Returned.of(returned);
        return new MakeStep(
                id(event), next++, "tool", response.content(), returned.millis(), null, null, response, iteration);
    }

    private String id(Event event) {
        return MakeIds.step(run, event.seq()).toString();
    }
}
