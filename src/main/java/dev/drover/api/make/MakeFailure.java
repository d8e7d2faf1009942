package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Content;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.run.Entry;

/** How a run that failed after its start is told (contract, sections 1 and 3.6). */
final class MakeFailure {
    private MakeFailure() {}

    static Answer of(Entry.Failed failed) {
        String why = failed.message();
        return switch (failed.reason()) {
            // Clients repeat a 5xx, and a run that went round in circles once would do so again.
            case ITERATION_CAP_REACHED -> MakeError.invalid("invocationConfig.recursionLimit", "was reached: " + why);
            case REASONING_UNAVAILABLE -> MakeError.answer(502, "Bad Gateway", "The model gave no answer: " + why);
            case RESULT_INVALID -> MakeError.answer(502, "Bad Gateway", "The answer is not as it must be: " + why);
            case MAX_DURATION_EXCEEDED -> MakeError.answer(504, "Gateway Timeout", "Out of time: " + why);
            case CONTAINER_FAILED, INTERNAL_ERROR ->
                MakeError.answer(500, "Internal Server Error", "The run failed: " + why);
        };
    }

    /** The body alone, where there is no status to tell beside it. */
    static String body(Answer answer) {
        return answer.content() instanceof Content.Json(Object value) ? JsonCodec.line(value) : "{}";
    }

    static Answer of(Entry.Stopped stopped) {
        return MakeError.answer(409, "Conflict", "The run was stopped by " + stopped.by());
    }
}
