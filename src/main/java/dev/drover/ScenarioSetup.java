package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.make.MakeScenarios;
import dev.drover.api.make.MakeTeam;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.connection.ServiceAccounts;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import dev.drover.core.id.Ids;
import dev.drover.core.run.Workshop;
import dev.drover.core.scenario.Bench;
import dev.drover.core.scenario.CallbackPost;
import dev.drover.core.scenario.GrantedTools;
import dev.drover.core.scenario.Grants;
import dev.drover.core.scenario.ScenarioMeans;
import dev.drover.core.scenario.ScenarioRoom;
import dev.drover.core.scenario.ScenarioRuns;
import dev.drover.core.scenario.ScenarioStore;
import dev.drover.core.scenario.Scenarios;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.Toolbox;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.json.JacksonRecipes;
import dev.drover.provider.tool.mcp.McpServices;
import dev.drover.provider.tool.scenario.PickedOutputs;
import dev.drover.provider.tool.scenario.TemplateRequests;
import java.time.Duration;
import java.util.List;

/** Scenarios: what agents may call of them, how they are managed, and how they run by themselves. */
final class ScenarioSetup {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ScenarioRoom room;
    private final ScenarioMeans means;
    private final WebClient web;
    private final Ids ids;

    private ScenarioSetup(ScenarioRoom room, ScenarioMeans means, WebClient web, Ids ids) {
        this.room = room;
        this.means = means;
        this.web = web;
        this.ids = ids;
    }

    /** @param builtin all tools of this server */
    static ScenarioSetup open(
            Ground ground,
            ServiceAccounts connections,
            Toolbox builtin,
            Schemas schemas,
            EgressGuard guard,
            Book book) {
        WebClient web = new PinnedWebClient();
        ScenarioMeans means = new ScenarioMeans(
                connections,
                new McpServices(web),
                new TemplateRequests(web),
                new PickedOutputs(),
                builtin,
                schemas,
                guard);
        ScenarioStore store = new ScenarioStore(ground.database().jdbi(), new JacksonRecipes());
        ScenarioRoom room = new ScenarioRoom(store, means, ground.database(), book.audit(), book.clock());
        return new ScenarioSetup(room, means, web, book.ids());
    }

    /** For runs. */
    GrantedTools tools() {
        return new GrantedTools(room);
    }

    /** For whoever grants them to agents. */
    Grants grants() {
        return new Grants(room);
    }

    List<Route> routes(MakeTeam team, Workshop workshop, Closing closing) {
        ComputerSpec.Limits limits = ComputerSpec.Limits.of(workshop.plan());
        Bench bench = new Bench(workshop.computers(), limits, means.guard(), ids);
        CallbackPost callbacks = new CallbackPost(web, means.guard(), FIRST_PAUSE);
        ScenarioRuns runs = closing.with(new ScenarioRuns(room, bench, callbacks, ids));
        return Routes.makeScenarios(new MakeScenarios(team, new Scenarios(room), runs));
    }
}
