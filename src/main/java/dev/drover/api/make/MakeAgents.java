package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.conversation.ChangeTalkingAgent;
import dev.drover.core.conversation.Conversations;
import dev.drover.core.conversation.NewTalkingAgent;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ContextId;
import dev.drover.core.id.Spelling;
import dev.drover.core.scenario.Grants;
import java.util.List;
import java.util.UUID;

/** Agents: list, create, get, change, delete (contract, sections 3.1 to 3.5). */
public final class MakeAgents {
    private static final String TEAM = "teamId";
    private static final String FORMAT = "outputParserFormat";

    private final Conversations agents;
    private final Grants grants;
    private final MakeTeam team;

    public MakeAgents(Conversations agents, Grants grants, MakeTeam team) {
        this.agents = agents;
        this.grants = grants;
        this.team = team;
    }

    public Operation list() {
        return Operation.of("List the agents of a team, oldest first", this::list)
                .query(TEAM, Integer.class, "The team")
                .query("origin", String.class, "all for agents of every dialect")
                .query("pg[limit]", Integer.class, "How many; all when left out")
                .query("pg[offset]", Integer.class, "How many to pass over")
                .answers(200, MakeAgent[].class)
                .refuses(400, 403);
    }

    /** A bare array: the one place where that is decided (contract, section 3.1). */
    private Answer list(Call call) {
        Caller caller = team.caller(call);
        List<MakeAgent> all = MakePage.cut(call, agents.list(caller, anyOrigin(call))).stream()
                .map(agent -> MakeAgent.of(agent, caller.user().team(), grants))
                .toList();
        return Answer.ok(all);
    }

    private static boolean anyOrigin(Call call) {
        return switch (call.query("origin")) {
            case null -> false;
            case "make" -> false;
            case "all" -> true;
            default -> throw new Rejected(new Rejection.QueryMisfit("origin", "must be make or all"));
        };
    }

    public Operation create() {
        return Operation.of("Create an agent", this::create)
                .query(TEAM, Integer.class, "The team")
                .takes(MakeAgent.Wish.class)
                .answers(201, MakeAgent.Created.class)
                .refuses(400, 403);
    }

    private Answer create(Call call) {
        Caller caller = team.caller(call);
        Fields fields = call.fields().byPath();
        int number = caller.user().team();
        String name = MakeSettings.neededText(fields, "name");
        if (MakeSettings.needed(fields, TEAM) != number) {
            throw fields.wrong(TEAM, "must be the team of the query, " + number);
        }
        int connection = MakeSettings.needed(fields, "makeConnectionId");
        String model = MakeSettings.neededText(fields, "defaultModel");
        String prompt = MakeSettings.neededText(fields, "systemPrompt");
        NewTalkingAgent wish = new NewTalkingAgent(
                name,
                new ConnectionId(connection),
                model,
                prompt,
                MakeSettings.read(fields, "", FORMAT, false),
                contexts(fields));
        Agent made = agents.create(caller, wish);
        return Answer.json(
                201, new MakeAgent.Created(made.id().toString(), made.name(), number, connection, model, prompt));
    }

    private static List<ContextId> contexts(Fields fields) {
        List<Fields> given = fields.objects("contexts");
        return given == null
                ? List.of()
                : given.stream()
                        .filter(each -> each.has("id"))
                        .map(MakeAgents::context)
                        .toList();
    }

    private static ContextId context(Fields reference) {
        String id = MakeSettings.neededText(reference, "id");
        if (!Spelling.isUuid(id)) {
            throw reference.wrong("id", "must be a UUID, but is '" + id + "'");
        }
        return new ContextId(UUID.fromString(id));
    }

    public Operation get() {
        return Operation.of("Get one agent", this::get)
                .query(TEAM, Integer.class, "The team")
                .answers(200, MakeAgent.Detail.class)
                .refuses(400, 403, 404);
    }

    private Answer get(Call call) {
        Caller caller = team.caller(call);
        return Answer.ok(MakeAgent.Detail.of(
                agents.get(caller, MakeTeam.agent(call)), caller.user().team(), grants));
    }

    public Operation change() {
        return Operation.of("Change what is given of an agent", this::change)
                .query(TEAM, Integer.class, "The team")
                .takes(MakeAgent.Change.class)
                .answersType(204, "")
                .refuses(400, 403, 404);
    }

    private Answer change(Call call) {
        Caller caller = team.caller(call);
        var agent = MakeTeam.agent(call);
        agents.see(caller, agent);
        Fields fields = call.fields().byPath();
        agents.change(
                caller,
                agent,
                new ChangeTalkingAgent(
                        fields.text("name"),
                        fields.text("defaultModel"),
                        fields.text("systemPrompt"),
                        MakeSettings.read(fields, "", FORMAT, true)));
        return Answer.noContent();
    }

    public Operation delete() {
        return Operation.of("Delete an agent for good, with its threads and contexts", this::delete)
                .query(TEAM, Integer.class, "The team")
                .answersType(204, "")
                .refuses(400, 403, 404);
    }

    private Answer delete(Call call) {
        Caller caller = team.caller(call);
        agents.delete(caller, MakeTeam.agent(call));
        return Answer.noContent();
    }
}
