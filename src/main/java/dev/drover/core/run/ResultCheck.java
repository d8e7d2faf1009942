package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.tool.Schemas;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the final answer of a run against the schema its caller gave. */
final class ResultCheck {
    /** How often a run asks again that has no brief. */
    private static final int REPAIRS = 2;

    /** How often a run with a brief does (Make contract, section 4). */
    private static final int REPAIRS_OF_BRIEF = 1;

    private static final Pattern FENCE =
            Pattern.compile("```(?:json|JSON)?[ \t]*\\R(.*?)\\R?[ \t]*```", Pattern.DOTALL);

    private final Json schema;
    private final Schemas schemas;
    private final int repairs;

    private ResultCheck(Json schema, Schemas schemas, int repairs) {
        this.schema = schema;
        this.schemas = schemas;
        this.repairs = repairs;
    }

    /** As the caller wanted it; null when any text will do. */
    static @Nullable ResultCheck of(RunOptions options, @Nullable Brief brief, Schemas schemas) {
        Json schema = options.resultSchema();
        int repairs = brief == null ? REPAIRS : REPAIRS_OF_BRIEF;
        return schema == null ? null : new ResultCheck(schema, schemas, repairs);
    }

    /** What the model is told of it from the start. */
    String instruction() {
        return "\n\nYour final answer must be JSON that is valid under this JSON Schema, and nothing besides:\n"
                + schema.text();
    }

    /** What the answer means for the run: its end, or another question to the model. */
    Entry judge(int iteration, String answer, int refusals) {
        Json json = new Json(unfenced(answer));
        Optional<String> violation = schemas.violation(schema, json);
        if (violation.isEmpty()) {
            return new Entry.Completed(json.text());
        }
        return refusals < repairs
                ? new Entry.ResultRefused(iteration, violation.get())
                : new Entry.Failed(
                        FailureReason.RESULT_INVALID,
                        "the answer did not fit the result schema, the last time because " + violation.get());
    }

    /** Models like to wrap JSON in a code fence, and to say a word before it. */
    private static String unfenced(String answer) {
        String text = answer.strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            return text;
        }
        return FENCE.matcher(text)
                .results()
                .map(block -> block.group(1))
                .reduce((first, second) -> second)
                .map(String::strip)
                .orElse(text);
    }

    /** What the model is told about an answer that does not fit. */
    static String complaint(Entry.ResultRefused refused) {
        return "Your final answer was not accepted: " + refused.reason()
                + ". Answer again with nothing but JSON that is valid under the schema you were given.";
    }
}
