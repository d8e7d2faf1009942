package dev.drover.core.health;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.heartbeat.HeartbeatLogCheck;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.LogCheck;
import dev.drover.core.run.StuckRuns;
import dev.drover.core.run.Violation;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that nothing is stuck and that every log is as it was written, page by page: there may be many logs. */
public final class Inspection {
    private final StuckRuns stuck;
    private final LogCheck logs;
    private final HeartbeatLogCheck heartbeats;

    public Inspection(StuckRuns stuck, LogCheck logs, HeartbeatLogCheck heartbeats) {
        this.stuck = stuck;
        this.logs = logs;
        this.heartbeats = heartbeats;
    }

    /** What is looked at, one after the other. */
    private enum Part {
        LOGS,
        HEARTBEATS;

        String cursor(@Nullable RunId last) {
            return name().toLowerCase(Locale.ROOT) + (last == null ? "" : ":" + last);
        }
    }

    /**
     * What was looked at, and what is wrong with it.
     *
     * @param next where to go on; null when all was looked at
     */
    public record Looked(
            long runs,
            long events,
            List<Violation> violations,
            @Nullable String next) {
        public Looked {
            violations = List.copyOf(violations);
        }
    }

    /**
     * Looks at one page of all there is.
     *
     * @param cursor the next of the page before; null for the first, which looks for what is stuck
     */
    public Looked look(Caller caller, @Nullable String cursor) {
        needOperator(caller);
        if (cursor == null) {
            return new Looked(0, 0, stuck.find(), Part.LOGS.cursor(null));
        }
        int colon = cursor.indexOf(':');
        RunId after = colon < 0 ? null : run(cursor.substring(colon + 1), "cursor");
        String part = colon < 0 ? cursor : cursor.substring(0, colon);
        if (part.equals(Part.LOGS.cursor(null))) {
            return looked(logs.some(after), Part.LOGS, Part.HEARTBEATS.cursor(null));
        }
        if (part.equals(Part.HEARTBEATS.cursor(null))) {
            return looked(heartbeats.some(after), Part.HEARTBEATS, null);
        }
        throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
    }

    /** The log of one run. */
    public Looked look(Caller caller, RunId run) {
        needOperator(caller);
        return looked(logs.one(run), Part.LOGS, null);
    }

    private static Looked looked(LogCheck.Checked checked, Part part, @Nullable String behind) {
        RunId last = checked.last();
        return new Looked(checked.runs(), checked.events(), checked.found(), last == null ? behind : part.cursor(last));
    }

    private static RunId run(String text, String field) {
        if (!Spelling.isUuid(text)) {
            throw new Refused(new Problem.Invalid(field, "names no run"));
        }
        return new RunId(UUID.fromString(text));
    }

    /** How many runs are stuck, as of some seconds ago. */
    public Finding stuck() {
        int count = stuck.count();
        return new Finding(
                "stuck",
                count == 0,
                count == 0
                        ? "every run that is not over has a living holder, a timer or something that it waits for"
                        : count + " runs are held by nobody and wait for nothing",
                count == 0 ? "" : "see which: drover check");
    }

    private static void needOperator(Caller caller) {
        if (caller.agent() != null || caller.user().role() == Role.USER) {
            throw new Refused(new Problem.Forbidden("Operator access required"));
        }
    }
}
