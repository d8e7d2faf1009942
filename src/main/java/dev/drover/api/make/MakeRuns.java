package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Peer;
import dev.drover.api.http.SseStyle;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.conversation.StartedTalk;
import dev.drover.core.conversation.TalkOrder;
import dev.drover.core.conversation.Talks;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.Follower;
import dev.drover.core.run.Runs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs of agents, waited for or streamed step by step (contract, sections 3.6 and 3.7). */
public final class MakeRuns {
    /** A request may carry 1 MB of messages, whose characters may be escaped. */
    private static final long LARGEST = 8 << 20;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]+");

    private final Talks talks;
    private final Runs runs;
    private final Duration longest;
    private final MakeTeam team;

    /** @param longest how long a caller who named no callback is kept waiting */
    public MakeRuns(Talks talks, Runs runs, Duration longest, MakeTeam team) {
        this.talks = talks;
        this.runs = runs;
        this.longest = longest;
        this.team = team;
    }

    public Operation run() {
        return Operation.of("Run an agent and wait for its answer; hanging up cancels the run", this::run)
                .query("teamId", Integer.class, "The team")
                .takes(MakeOrder.class, "application/json", LARGEST)
                .answers(200, MakeAnswer.class)
                .refuses(400, 403, 404, 409, 429, 500, 502, 504);
    }

    private Answer run(Call call) {
        Caller caller = team.caller(call);
        Agent agent = talks.agent(caller, MakeTeam.agent(call));
        TalkOrder order = MakeOrder.read(call.fields().byPath());
        StartedTalk talk = talks.start(caller, agent, order);
        if (order.callback() != null) {
            return awaited(caller, talk, null);
        }
        try (Peer.Watch _ = call.peer().whenGone(() -> runs.stop(caller, talk.run()))) {
            return awaited(caller, talk, longest);
        }
    }

    /** @param atMost null to wait for as long as it takes */
    private Answer awaited(Caller caller, StartedTalk talk, @Nullable Duration atMost) {
        MakeAnswer.Story story = new MakeAnswer.Story(talk.run(), talk.thread(), talk.structured());
        long began = System.nanoTime();
        boolean late = false;
        try (Follower follower = runs.follow(talk.run(), 0, MakeSteps.KINDS)) {
            while (true) {
                Duration left = atMost == null || late ? LOOK_AGAIN : atMost.minusNanos(System.nanoTime() - began);
                if (left.isNegative()) {
                    late = true;
                    runs.expire(caller, talk.run(), longest);
                } else {
                    for (Event event : follower.next(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN)) {
                        if (event.entry() instanceof Entry.Ended) {
                            return story.ended(event);
                        }
                        story.take(event);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("the server is stopping; the run goes on when it is back", null));
        }
    }

    public Operation stream() {
        return Operation.of("Run an agent and follow it step by step; hanging up cancels the run", this::stream)
                .query("teamId", Integer.class, "The team")
                .query("result", Boolean.class, "true for the whole answer as a last event")
                .query("pieces", Boolean.class, "true for words of an answer while it is written, as events 'piece'")
                .header("Last-Event-ID", String.class, "Goes on behind that event of an earlier stream instead")
                .takes(MakeOrder.class, "application/json", LARGEST)
                .answersType(200, "text/event-stream")
                .refuses(400, 403, 404, 429);
    }

    private Answer stream(Call call) {
        Caller caller = team.caller(call);
        Agent agent = talks.agent(caller, MakeTeam.agent(call));
        MakeFrames.Wish wish =
                new MakeFrames.Wish(0, "true".equals(call.query("result")), "true".equals(call.query("pieces")));
        String last = call.header("Last-Event-ID");
        if (last != null) {
            return resumed(caller, agent.id(), last, wish);
        }
        TalkOrder order = MakeOrder.read(call.fields().byPath());
        StartedTalk talk = talks.start(caller, agent, order);
        Runnable abandoned = order.callback() == null ? () -> runs.stop(caller, talk.run()) : () -> {};
        return streamed(talk, wish, abandoned);
    }

    /** Who comes back follows the same run; going away once more then leaves it alone. */
    private Answer resumed(Caller caller, AgentId agent, String last, MakeFrames.Wish wish) {
        Optional<MakeIds.Place> place = Spelling.isUuid(last) ? MakeIds.place(UUID.fromString(last)) : Optional.empty();
        return place.flatMap(found -> talks.started(caller, agent, found.ordinal())
                        .filter(talk -> MakeIds.frame(talk.run(), found.seq())
                                .toString()
                                .equals(last))
                        .map(talk -> streamed(talk, wish.behind(found.seq()), () -> {})))
                .orElseThrow(() -> Refused.invalid(
                        "Last-Event-ID", "must be the id of an event of this agent, but is '" + last + "'"));
    }

    private Answer streamed(StartedTalk talk, MakeFrames.Wish wish, Runnable abandoned) {
        Follower follower = runs.follow(talk.run(), wish.from(), wish.kinds());
        MakeFrames frames = new MakeFrames(talk, follower, wish, abandoned);
        return Answer.stream(frames, SseStyle.TIGHT).with("X-Make-Thread-Id", printable(talk.thread()));
    }

    /** A header holds printable ASCII only; what else stands in a thread's name is percent-encoded. */
    private static String printable(String thread) {
        return NOT_PRINTABLE
                .matcher(thread)
                .replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
    }
}
