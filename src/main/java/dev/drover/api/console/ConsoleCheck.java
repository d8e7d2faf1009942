package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.health.Inspection;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether anything is stuck or any log was changed; for operators and administrators. */
public final class ConsoleCheck {
    private final Inspection inspection;

    public ConsoleCheck(Inspection inspection) {
        this.inspection = inspection;
    }

    public Operation check() {
        return Operation.of("Check runs and logs, page by page, as an operator", this::check)
                .query("cursor", String.class, "The next_cursor of the page before; the first looks for stuck runs")
                .query("run", String.class, "Only the log of that run")
                .answers(200, Looked.class)
                .refuses(400, 404);
    }

    private Answer check(Call call) {
        String run = call.query("run");
        return Answer.ok(Looked.of(
                run == null
                        ? inspection.look(call.caller(), call.query("cursor"))
                        : inspection.look(call.caller(), run(run))));
    }

    private static RunId run(String text) {
        return new RunId(Spelling.isUuid(text) ? UUID.fromString(text) : new UUID(0, 0));
    }

    /** What was looked at, and what is wrong with it; there is more while {@code next_cursor} is not null. */
    record Looked(
            long runs,
            long events,
            List<Broken> violations,
            @Nullable String nextCursor) {
        static Looked of(Inspection.Looked looked) {
            return new Looked(
                    looked.runs(),
                    looked.events(),
                    looked.violations().stream().map(Broken::of).toList(),
                    looked.next());
        }
    }

    /** @param seq the place in the log; null when it is about the run as a whole */
    record Broken(
            String kind,
            String agentId,
            String runId,
            @Nullable Long seq,
            String text) {
        static Broken of(Violation violation) {
            return new Broken(
                    ConsoleEvents.word(violation.kind()),
                    Spelling.AGENT.of(violation.agent().value()),
                    violation.run().toString(),
                    violation.seq() == 0 ? null : violation.seq(),
                    violation.text());
        }
    }
}
