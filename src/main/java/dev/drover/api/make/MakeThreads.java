package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Operation;
import dev.drover.core.access.Caller;
import dev.drover.core.conversation.Talk;
import dev.drover.core.conversation.Talks;
import dev.drover.core.run.LaneRun;
import java.time.Instant;
import java.util.List;

/** The threads of an agent: list, read, forget (contract, section 4, our extension). */
public final class MakeThreads {
    private final Talks talks;
    private final MakeTeam team;

    public MakeThreads(Talks talks, MakeTeam team) {
        this.talks = talks;
        this.team = team;
    }

    @CamelCase
    record Item(String threadId, int runs, Instant createdAt, Instant updatedAt) {
        static Item of(Talk talk) {
            return new Item(talk.key(), talk.runs(), talk.createdAt(), talk.updatedAt());
        }
    }

    @CamelCase
    record Detail(String threadId, List<Iteration> runs) {}

    /** One completed run of a thread. */
    @CamelCase
    record Iteration(String agentIterationId, Instant createdAt, List<MakeMessage> messages) {
        static Iteration of(LaneRun run) {
            return new Iteration(
                    MakeIds.iteration(run.run()).toString(),
                    run.createdAt(),
                    run.messages().stream().map(MakeMessage::of).toList());
        }
    }

    public Operation list() {
        return Operation.of("List the threads of an agent, the last used first", this::list)
                .query("teamId", Integer.class, "The team")
                .answers(200, Item[].class)
                .refuses(400, 403, 404);
    }

    private Answer list(Call call) {
        Caller caller = team.caller(call);
        return Answer.ok(talks.threads(caller, MakeTeam.agent(call)).stream()
                .map(Item::of)
                .toList());
    }

    public Operation get() {
        return Operation.of("Read a thread", this::get)
                .query("teamId", Integer.class, "The team")
                .answers(200, Detail.class)
                .refuses(400, 403, 404);
    }

    private Answer get(Call call) {
        Caller caller = team.caller(call);
        String thread = call.path("threadId");
        return Answer.ok(new Detail(
                thread,
                talks.thread(caller, MakeTeam.agent(call), thread).stream()
                        .map(Iteration::of)
                        .toList()));
    }

    public Operation delete() {
        return Operation.of("Forget a thread that no run is using", this::delete)
                .query("teamId", Integer.class, "The team")
                .answersType(204, "")
                .refuses(400, 403, 404, 409);
    }

    private Answer delete(Call call) {
        Caller caller = team.caller(call);
        talks.delete(caller, MakeTeam.agent(call), call.path("threadId"));
        return Answer.noContent();
    }
}
