package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.EventNumber;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.RunFrames;
import dev.drover.api.http.SharedWords;
import dev.drover.core.run.Follower;
import dev.drover.core.run.LogQuery;
import dev.drover.core.run.Runs;
import dev.drover.core.tool.ToolStyle;

/** What an agent did, page by page or live (contract, sections 4.5 and 13.1). */
public final class JettsonLogs {
    private static final String KINDS = "Only these kinds, comma-separated";

    private final Runs runs;
    private final ToolStyle style;
    private final SharedWords words;

    public JettsonLogs(Runs runs, ToolStyle style) {
        this.runs = runs;
        this.style = style;
        this.words = new SharedWords(event -> JettsonEvent.of(event, style).frame());
    }

    public Operation logs() {
        return Operation.of("Read an agent's log, oldest first", this::logs)
                .query("limit", Integer.class, "How many; 100 when left out, at most 500")
                .query("cursor", String.class, "The next_cursor of the page before")
                .query("kind", String.class, KINDS)
                .query("order", String.class, "asc (oldest first) or desc")
                .answers(200, JettsonEvent.Listed.class)
                .refuses(400, 404);
    }

    private Answer logs(Call call) {
        LogQuery query = new LogQuery(
                EventNumber.read("cursor", call.query("cursor")),
                call.limit(100, 500),
                newestFirst(call),
                JettsonKind.entries(call.query("kind")));
        return Answer.ok(JettsonEvent.Listed.of(runs.logs(call.caller(), JettsonApi.agent(call), query), style));
    }

    public Operation events() {
        return Operation.of("Follow an agent's log live, as server-sent events", this::events)
                .query("kind", String.class, KINDS)
                .query("after", Long.class, "The number of the last event already seen")
                .header("Last-Event-ID", Long.class, "The same; wins over after")
                .answersType(200, "text/event-stream")
                .answersType(204, "")
                .refuses(400, 404);
    }

    private Answer events(Call call) {
        String last = call.header("Last-Event-ID");
        long after =
                last == null ? EventNumber.read("after", call.query("after")) : EventNumber.read("Last-Event-ID", last);
        Follower follower =
                runs.follow(call.caller(), JettsonApi.agent(call), after, JettsonKind.entries(call.query("kind")));
        if (after > 0 && follower.ended()) {
            follower.close();
            return Answer.noContent();
        }
        return Answer.stream(new RunFrames(follower, words));
    }

    private static boolean newestFirst(Call call) {
        String order = call.query("order");
        if (order == null || order.equals("asc")) {
            return false;
        }
        if (!order.equals("desc")) {
            throw new Rejected(new Rejection.QueryMisfit("order", "must be asc or desc"));
        }
        return true;
    }
}
