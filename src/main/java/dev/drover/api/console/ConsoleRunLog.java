package dev.drover.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Disposition;
import dev.drover.api.http.EventNumber;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.RunFrames;
import dev.drover.api.http.SharedWords;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.model.Picture;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventQuery;
import dev.drover.core.run.Follower;
import dev.drover.core.run.SeenRuns;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The whole log of a run: page by page, live, and what is too large for either. */
public final class ConsoleRunLog {
    private static final int LARGEST_CUT = 64 * 1024;
    private static final int SMALLEST_CUT = 256;
    private static final String CUT =
            "Most bytes of a text, an input or an output: 256 to 65536, which is the usual; longer ones are cut";

    /** What an agent left may say anything to a browser, so that it is shown as nothing but what it is. */
    private static final Map<String, String> HARMLESS = Map.of(
            "Content-Security-Policy", "sandbox; default-src 'none'",
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin");

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private final SeenRuns runs;

    /** As most ask for them: cut as is usual. */
    private final SharedWords words =
            new SharedWords(event -> ConsoleEvent.of(event, LARGEST_CUT).frame());

    public ConsoleRunLog(SeenRuns runs) {
        this.runs = runs;
    }

    public Operation events() {
        return Operation.of("Read the whole log of a run, oldest first", this::events)
                .query("after", Long.class, "Only behind this event")
                .query("before", Long.class, "Only the last ones ahead of this event")
                .query("limit", Integer.class, "How many; 100 when left out, at most 500")
                .query("kind", String.class, "Only these kinds, comma-separated")
                .query("text", String.class, "Only those that hold it, in any case; at most 200 characters")
                .query("pieces", Boolean.class, "Whether pieces of replies that are whole by now are wanted: false")
                .query("cut", Integer.class, CUT)
                .answers(200, ConsoleEvent.Listed.class)
                .refuses(400, 404);
    }

    private Answer events(Call call) {
        String before = call.query("before");
        EventQuery query = new EventQuery(
                EventNumber.read("after", call.query("after")),
                before == null ? null : Long.valueOf(EventNumber.read("before", before)),
                call.limit(100, 500),
                ConsoleKind.entries(call.query("kind")),
                Objects.requireNonNullElse(call.query("text"), ""),
                "true".equals(call.query("pieces")));
        return Answer.ok(ConsoleEvent.Listed.of(runs.events(call.caller(), ConsoleRuns.run(call), query), cut(call)));
    }

    public Operation stream() {
        return Operation.of("Follow the whole log of a run live, as server-sent events", this::stream)
                .query("after", Long.class, "The number of the last event already seen")
                .query("cut", Integer.class, CUT)
                .header("Last-Event-ID", Long.class, "The same as after; wins over it")
                .answersType(200, "text/event-stream")
                .answersType(204, "")
                .refuses(400, 404);
    }

    private Answer stream(Call call) {
        String last = call.header("Last-Event-ID");
        long after =
                last == null ? EventNumber.read("after", call.query("after")) : EventNumber.read("Last-Event-ID", last);
        int cut = cut(call);
        Follower follower = runs.follow(call.caller(), ConsoleRuns.run(call), after);
        if (follower.ended()) {
            follower.close();
            return Answer.noContent();
        }
        return Answer.stream(new RunFrames(
                follower,
                cut == LARGEST_CUT
                        ? words
                        : new SharedWords(event -> ConsoleEvent.of(event, cut).frame())));
    }

    public Operation event() {
        return Operation.of("Read one event of a run's log", this::event)
                .query("cut", Integer.class, CUT)
                .answers(200, ConsoleEvent.class)
                .refuses(400, 404);
    }

    private Answer event(Call call) {
        return Answer.ok(ConsoleEvent.of(found(call), cut(call)));
    }

    public Operation output() {
        return Operation.of("Read whole what an event holds: a tool's output or input, or a text", this::output)
                .query("field", String.class, "Only this member of the output or input, such as stdout")
                .answersType(200, "text/plain")
                .refuses(404);
    }

    private Answer output(Call call) {
        Event event = found(call);
        String whole = field(whole(event), call.query("field"));
        if (whole == null) {
            throw missing(event, "an output");
        }
        return Answer.text(200, "text/plain; charset=utf-8", whole)
                .with(HARMLESS)
                .with("Content-Disposition", Disposition.attachment("event-" + event.seq() + ".txt"));
    }

    private static @Nullable String whole(Event event) {
        return switch (event.entry()) {
            case Entry.ToolReturned returned -> returned.output().text();
            case Entry.ToolCalled called -> called.call().input().text();
            case Entry.ModelReplied replied ->
                replied.reply().thinking().isEmpty()
                        ? replied.reply().text()
                        : replied.reply().thinking() + "\n\n" + replied.reply().text();
            case Entry.Completed completed -> completed.result();
            case Entry.Instructed instructed -> instructed.text();
            case Entry.Spoken spoken -> spoken.said().text();
            default -> null;
        };
    }

    private static @Nullable String field(@Nullable String whole, @Nullable String field) {
        if (whole == null || field == null) {
            return whole;
        }
        JsonNode member = JsonCodec.tolerant(whole).path(field);
        if (member.isMissingNode()) {
            return null;
        }
        return member.isTextual() ? member.textValue() : member.toString();
    }

    public Operation picture() {
        return Operation.of("See a picture that a tool showed", this::picture)
                .answersType(200, "image/png")
                .refuses(404);
    }

    private Answer picture(Call call) {
        Event event = found(call);
        if (!(event.entry() instanceof Entry.ToolShowed showed)) {
            throw missing(event, "a picture");
        }
        Picture picture = showed.picture();
        String type = PICTURES.contains(picture.mediaType()) ? picture.mediaType() : "application/octet-stream";
        return Answer.bytes(200, type, Base64.getMimeDecoder().decode(picture.base64()))
                .with(HARMLESS)
                .with("Cache-Control", "private, max-age=86400, immutable");
    }

    public Operation artifact() {
        return Operation.of("Get the bytes of a file that a run's agent left", this::artifact)
                .answersType(200, "application/octet-stream")
                .refuses(404);
    }

    private Answer artifact(Call call) {
        String id = call.path("artifact_id");
        ArtifactId wanted = Spelling.ARTIFACT
                .read(id)
                .map(ArtifactId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.ARTIFACT, id)));
        Artifact artifact = runs.artifact(call.caller(), ConsoleRuns.run(call), wanted);
        String name = artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
        return Answer.download(200, artifact.mimeType(), artifact.size(), () -> runs.content(artifact))
                .with(HARMLESS)
                .with("Content-Disposition", Disposition.attachment(name));
    }

    private Event found(Call call) {
        RunId run = ConsoleRuns.run(call);
        String seq = call.path("seq");
        if (!seq.matches("[0-9]{1,18}")) {
            throw new Refused(new Problem.NotFound(Problem.Thing.RUN, run + " with an event " + seq));
        }
        return runs.event(call.caller(), run, Long.parseLong(seq));
    }

    private static Refused missing(Event event, String what) {
        return new Refused(
                new Problem.NotFound(Problem.Thing.RUN, event.run() + " whose event " + event.seq() + " has " + what));
    }

    private static int cut(Call call) {
        String text = call.query("cut");
        if (text == null) {
            return LARGEST_CUT;
        }
        int cut = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (cut < SMALLEST_CUT || cut > LARGEST_CUT) {
            throw new Rejected(new Rejection.QueryMisfit("cut", "must be 256 to 65536, but is '" + text + "'"));
        }
        return cut;
    }
}
