package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.Answer;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.StartedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer to a run (contract, section 3.6). */
@CamelCase
record MakeAnswer(
        String response,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode jsonResponse,
        List<MakeStep> executionSteps,
        long executionTimeMs,
        String threadId,
        MakeStep.Tokens tokenUsageSummary,
        String lastAgentIterationId) {
    /** All that is known of a run when its end comes. */
    static final class Story {
        private final StartedRun run;
        private final String thread;
        private final boolean structured;
        private final MakeSteps steps;
        private final List<MakeStep> taken = new ArrayList<>();

        Story(StartedRun run, String thread, boolean structured) {
            this.run = run;
            this.thread = thread;
            this.structured = structured;
            this.steps = new MakeSteps(run.id());
        }

        void take(Event event) {
            steps.of(event).ifPresent(taken::add);
        }

        /** The answer at the end that this event tells. */
        Answer ended(Event event) {
            return switch (event.entry()) {
                case Entry.Completed completed -> Answer.ok(completed(event, completed));
                case Entry.Failed failed -> MakeFailure.of(failed);
                case Entry.Stopped stopped -> MakeFailure.of(stopped);
                default -> throw new IllegalStateException("no end: " + event.entry());
            };
        }

        MakeAnswer completed(Event event, Entry.Completed completed) {
            return new MakeAnswer(
                    completed.result(),
                    structured ? JsonCodec.tolerant(completed.result()) : null,
                    List.copyOf(taken),
                    Duration.between(run.createdAt(), event.at()).toMillis(),
                    thread,
                    taken.stream()
                            .flatMap(step -> Stream.ofNullable(step.tokenUsage()))
                            .reduce(MakeStep.Tokens.NONE, MakeStep.Tokens::plus),
                    MakeIds.iteration(run.id()).toString());
        }
    }
}
