package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.access.Caller;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.scenario.Scenario;
import dev.drover.core.scenario.ScenarioRuns;
import dev.drover.core.scenario.Scenarios;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Scenarios, the tools that users make (contract, sections 3.10 and 4). */
public final class MakeScenarios {
    private static final String TEAM = "teamId";

    private static final SequencedMap<String, Comparator<MakeScenario>> COLUMNS = columns();

    private final MakeTeam team;
    private final Scenarios scenarios;
    private final ScenarioRuns runs;

    public MakeScenarios(MakeTeam team, Scenarios scenarios, ScenarioRuns runs) {
        this.team = team;
        this.scenarios = scenarios;
        this.runs = runs;
    }

    private static SequencedMap<String, Comparator<MakeScenario>> columns() {
        SequencedMap<String, Comparator<MakeScenario>> columns = new LinkedHashMap<>();
        columns.put("id", Comparator.comparingInt(MakeScenario::id));
        columns.put("name", Comparator.comparing(MakeScenario::name).thenComparingInt(MakeScenario::id));
        columns.put("createdAt", Comparator.comparing(MakeScenario::createdAt).thenComparingInt(MakeScenario::id));
        columns.put("updatedAt", Comparator.comparing(MakeScenario::updatedAt).thenComparingInt(MakeScenario::id));
        return columns;
    }

    public Operation list() {
        return Operation.of("List the scenarios of a team", this::list)
                .query(TEAM, Integer.class, "The team")
                .query("pg[limit]", Integer.class, "How many, at most 10,000")
                .query("pg[offset]", Integer.class, "How many to pass over")
                .query("pg[sortBy]", String.class, "id, name, createdAt or updatedAt")
                .query("pg[sortDir]", String.class, "asc or desc")
                .answers(200, MakeScenario.Listed.class)
                .refuses(400, 403);
    }

    private Answer list(Call call) {
        Caller caller = team.caller(call);
        MakePage page = MakePage.read(call, COLUMNS);
        List<MakeScenario> all = scenarios.list(caller).stream()
                .map(scenario -> MakeScenario.of(scenario, caller.user().team()))
                .toList();
        return Answer.ok(new MakeScenario.Listed(page.of(all, COLUMNS), page));
    }

    public Operation create() {
        return Operation.of("Make a scenario", this::create)
                .query(TEAM, Integer.class, "The team")
                .takes(MakeRecipe.class)
                .answers(201, MakeScenario.One.class)
                .refuses(400, 403);
    }

    private Answer create(Call call) {
        Caller caller = team.caller(call);
        int number = caller.user().team();
        Scenario made = scenarios.create(caller, MakeRecipe.made(call.fields().byPath(), number));
        return Answer.json(201, new MakeScenario.One(MakeScenario.of(made, number)));
    }

    public Operation get() {
        return Operation.of("Get one scenario", this::get)
                .query(TEAM, Integer.class, "The team")
                .answers(200, MakeScenario.One.class)
                .refuses(400, 403, 404);
    }

    private Answer get(Call call) {
        Caller caller = team.caller(call);
        return one(caller, scenarios.scenario(caller, number(call)));
    }

    public Operation change() {
        return Operation.of("Change what is given of a scenario", this::change)
                .query(TEAM, Integer.class, "The team")
                .takes(MakeRecipe.class)
                .answers(200, MakeScenario.One.class)
                .refuses(400, 403, 404);
    }

    private Answer change(Call call) {
        Caller caller = team.caller(call);
        Scenario before = scenarios.scenario(caller, number(call));
        return one(
                caller,
                scenarios.change(
                        caller, before, MakeRecipe.changed(call.fields().byPath(), before.recipe())));
    }

    public Operation delete() {
        return Operation.of("Delete a scenario; agents lose the tool", this::delete)
                .query(TEAM, Integer.class, "The team")
                .answersType(204, "")
                .refuses(400, 403, 404);
    }

    private Answer delete(Call call) {
        Caller caller = team.caller(call);
        scenarios.delete(caller, number(call));
        return Answer.noContent();
    }

    public Operation shape() {
        return Operation.of("Get the inputs and outputs of a scenario", this::shape)
                .answers(200, MakeScenario.Shown.class)
                .refuses(400, 404);
    }

    private Answer shape(Call call) {
        Scenario scenario = scenarios.scenario(caller(call), number(call));
        return Answer.ok(new MakeScenario.Shown(MakeScenario.Interface.of(scenario.recipe())));
    }

    public Operation run() {
        return Operation.of("Run a scenario, and wait for its end if responsive", this::run)
                .takes(MakeExecution.Wish.class)
                .answers(200, MakeExecution.class)
                .refuses(400, 404);
    }

    private Answer run(Call call) {
        Caller caller = caller(call);
        Scenario scenario = scenarios.scenario(caller, number(call));
        return Answer.ok(MakeExecution.of(runs.run(
                caller, scenario, MakeExecution.Wish.order(call.fields().byPath()))));
    }

    /** Make asks for no team where the scenario says it; if one is given, it is judged as everywhere. */
    private Caller caller(Call call) {
        return call.query(TEAM) == null ? team.member(call, call.caller().user().team()) : team.caller(call);
    }

    private static Answer one(Caller caller, Scenario scenario) {
        return Answer.ok(
                new MakeScenario.One(MakeScenario.of(scenario, caller.user().team())));
    }

    private static ScenarioId number(Call call) {
        return new ScenarioId(MakeTeam.number(call, "scenarioId"));
    }
}
