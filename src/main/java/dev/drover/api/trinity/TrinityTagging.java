package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.agent.Tags;
import java.util.List;
import java.util.function.BiFunction;

/** Tags of agents (contract, section 6). */
public final class TrinityTagging {
    private final Tags tags;
    private final TrinityAgentPath path;

    public TrinityTagging(Tags tags, TrinityAgentPath path) {
        this.tags = tags;
        this.path = path;
    }

    public Operation all() {
        return Operation.of("List the tags of the agents that the caller may use, the most frequent first", this::all)
                .answers(200, All.class);
    }

    private Answer all(Call call) {
        return Answer.ok(new All(tags.counts(call.caller()).stream()
                .map(count -> new Counted(count.tag(), count.count()))
                .toList()));
    }

    public Operation get() {
        return Operation.of("List the tags of an agent", this::get)
                .answers(200, OfAgent.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached agent = path.forUse(call);
        return Answer.ok(new OfAgent(agent.name(), tags.of(agent)));
    }

    public Operation put() {
        return Operation.of("Set the tags of an agent", this::put)
                .takes(Body.class)
                .answers(200, OfAgent.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer put(Call call) {
        Reached agent = path.forOwner(call);
        List<String> wanted = TrinityBody.read(call, body -> body.texts("tags"));
        return Answer.ok(new OfAgent(agent.name(), tags.set(agent, wanted)));
    }

    public Operation add() {
        return Operation.of("Give an agent a tag", call -> one(call, tags::add))
                .answers(200, OfAgent.class)
                .refuses(400, 403, 404);
    }

    public Operation remove() {
        return Operation.of("Take a tag off an agent", call -> one(call, tags::remove))
                .answers(200, OfAgent.class)
                .refuses(400, 403, 404);
    }

    private Answer one(Call call, BiFunction<Reached, String, List<String>> change) {
        Reached agent = path.forOwner(call);
        return Answer.ok(new OfAgent(agent.name(), change.apply(agent, call.path("tag"))));
    }

    record Body(List<String> tags) {}

    record OfAgent(String agentName, List<String> tags) {}

    record Counted(String tag, int count) {}

    record All(List<Counted> tags) {}
}
