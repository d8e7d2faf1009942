package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.SeenRuns;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of all dialects: find them, look at one, stop it. */
public final class ConsoleRuns {
    private final SeenRuns runs;

    public ConsoleRuns(SeenRuns runs) {
        this.runs = runs;
    }

    public Operation list() {
        return Operation.of("List runs of all dialects that the caller may see, newest first", this::list)
                .query("agent", String.class, "Only of this agent: its id or its name")
                .query("status", String.class, "Only these, comma-separated: spawning, running, completed, ...")
                .query("limit", Integer.class, "How many; 20 when left out, at most 200")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, ConsoleRun.Listed.class)
                .refuses(400, 404);
    }

    private Answer list(Call call) {
        return Answer.ok(ConsoleRun.Listed.of(runs.list(
                call.caller(),
                call.query("agent"),
                statuses(call.query("status")),
                call.limit(20, 200),
                cursor(call))));
    }

    private static Set<RunStatus> statuses(@Nullable String list) {
        Set<RunStatus> wanted = EnumSet.noneOf(RunStatus.class);
        if (list != null) {
            for (String word : list.split(",", -1)) {
                wanted.add(status(word.strip()));
            }
        }
        return wanted;
    }

    private static RunStatus status(String word) {
        for (RunStatus status : EnumSet.complementOf(EnumSet.of(RunStatus.IDLE))) {
            if (ConsoleEvents.word(status).equals(word)) {
                return status;
            }
        }
        throw new Rejected(new Rejection.QueryMisfit(
                "status",
                "must hold statuses out of spawning, running, completed, stopped, error, but holds '" + word + "'"));
    }

    private static @Nullable RunId cursor(Call call) {
        String cursor = call.query("cursor");
        if (cursor == null) {
            return null;
        }
        if (!Spelling.isUuid(cursor)) {
            throw new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list"));
        }
        return new RunId(UUID.fromString(cursor));
    }

    public Operation get() {
        return Operation.of("Look at one run: all about it but its log", this::get)
                .answers(200, ConsoleRunDetail.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        return Answer.ok(ConsoleRunDetail.of(runs.get(call.caller(), run(call))));
    }

    public Operation spans() {
        return Operation.of("Tell where a run's time and tokens went", this::spans)
                .answers(200, ConsoleSpans.class)
                .refuses(404);
    }

    private Answer spans(Call call) {
        return Answer.ok(ConsoleSpans.of(runs.spans(call.caller(), run(call))));
    }

    public Operation replay() {
        return Operation.of("Execute a run once more from its log, without models, tools and network", this::replay)
                .answers(200, ConsoleReplay.class)
                .refuses(404);
    }

    private Answer replay(Call call) {
        return Answer.ok(ConsoleReplay.of(runs.replay(call.caller(), call.path("run_id"))));
    }

    public Operation stop() {
        return Operation.of("Stop a run; one that is over stays as it is", this::stop)
                .answers(200, ConsoleRun.class)
                .refuses(404);
    }

    private Answer stop(Call call) {
        return Answer.ok(ConsoleRun.of(runs.stop(call.caller(), run(call))));
    }

    public Operation card() {
        return Operation.of("Find an agent of any dialect by its id in any spelling, or by its name", this::card)
                .answers(200, ConsoleAgentCard.class)
                .refuses(404);
    }

    private Answer card(Call call) {
        return Answer.ok(ConsoleAgentCard.of(runs.agent(call.caller(), call.path("id"))));
    }

    /** The run that a path names; refused as not found when it is no identity of any. */
    static RunId run(Call call) {
        String id = call.path("run_id");
        if (!Spelling.isUuid(id)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.RUN, id));
        }
        return new RunId(UUID.fromString(id));
    }
}
