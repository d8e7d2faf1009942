package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Runs;
import dev.drover.core.tool.ToolStyle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents: spawn one, watch it, stop it (contract, section 4). */
public final class JettsonApi {
    private static final long SPAWN_LIMIT = 10 << 20;

    private final Runs runs;
    private final ToolStyle style;

    public JettsonApi(Runs runs, ToolStyle style) {
        this.runs = runs;
        this.style = style;
    }

    public Operation spawn() {
        return Operation.of("Spawn an agent; answers at once, the work goes on", this::spawn)
                .takes(JettsonSpawn.class, "application/json", SPAWN_LIMIT)
                .header("Idempotency-Key", String.class, "Collapses repeats of this request for 24 hours")
                .answers(201, JettsonSpawned.class)
                .refuses(400, 402, 409, 413, 429)
                .telling(this::rateHeaders);
    }

    public Operation fork() {
        return Operation.of("Go on from a step of an agent's run, in a new agent", this::fork)
                .takes(JettsonFork.class)
                .header("Idempotency-Key", String.class, "Collapses repeats of this request for 24 hours")
                .answers(201, JettsonForked.class)
                .refuses(400, 402, 404, 409, 413, 429)
                .telling(this::rateHeaders);
    }

    private Answer fork(Call call) {
        return Answer.json(201, JettsonForked.of(runs.fork(call.caller(), JettsonFork.order(call, agent(call)))));
    }

    /** The contract's section 13.7. */
    private Map<String, String> rateHeaders(Caller caller) {
        return runs.rateRoom(caller)
                .map(room -> Map.of(
                        "X-RateLimit-Limit",
                        String.valueOf(room.limit()),
                        "X-RateLimit-Remaining",
                        String.valueOf(room.remaining()),
                        "X-RateLimit-Reset",
                        String.valueOf(room.reset().plusNanos(999_999_999).getEpochSecond())))
                .orElse(Map.of());
    }

    private Answer spawn(Call call) {
        return Answer.json(201, JettsonSpawned.of(runs.spawn(call.caller(), JettsonSpawn.order(call))));
    }

    public Operation list() {
        return Operation.of("List agents, newest first", this::list)
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .query("status", String.class, "Some of spawning,running,completed,stopped,error")
                .query("origin", String.class, "jettson, or all for agents of every dialect")
                .query(JettsonFilter.METADATA + "KEY", String.class, "What the agent's metadata say under KEY")
                .answers(200, JettsonAgent.Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        return Answer.ok(JettsonAgent.Listed.of(
                runs.list(call.caller(), JettsonFilter.of(call), call.limit(20, 100), cursor(call)), style));
    }

    private static @Nullable AgentId cursor(Call call) {
        String cursor = call.query("cursor");
        return cursor == null
                ? null
                : Spelling.AGENT
                        .read(cursor)
                        .map(AgentId::new)
                        .orElseThrow(
                                () -> new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list")));
    }

    public Operation get() {
        return Operation.of("Get one agent", this::get)
                .answers(200, JettsonAgent.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        return Answer.ok(JettsonAgent.of(runs.get(call.caller(), agent(call)), style));
    }

    public Operation stop() {
        return Operation.of("Stop an agent; one that is over stays as it is", this::stop)
                .answers(200, JettsonAgent.Stopped.class)
                .refuses(404);
    }

    private Answer stop(Call call) {
        return Answer.ok(JettsonAgent.Stopped.of(runs.stop(call.caller(), agent(call))));
    }

    static AgentId agent(Call call) {
        String id = call.path("id");
        return Spelling.AGENT
                .read(id)
                .map(AgentId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.AGENT, id)));
    }
}
