package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.Belongings;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolGrant;
import dev.drover.core.tool.ToolResult;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.json.JacksonRecipes;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.provider.tool.http.HttpTool;
import dev.drover.provider.tool.mcp.McpServices;
import dev.drover.provider.tool.scenario.PickedOutputs;
import dev.drover.provider.tool.scenario.TemplateRequests;
import dev.drover.provider.tool.shell.ShellTool;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingContext;
import dev.drover.testing.TestingDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The room of scenarios over a database of its own, with connections that a test makes up. */
final class TestingScenarios implements AutoCloseable {
    final TestingDatabase testing = TestingDatabase.create();
    final TestingClock clock = new TestingClock("2026-11-22T06:00:00Z");
    final List<String> missing = new ArrayList<>();
    final Scenarios scenarios;
    final GrantedTools granted;
    final Grants grants;
    final Caller mira;
    final Caller other;

    private final Map<ConnectionId, ServiceAccount> accounts = new HashMap<>();
    private final Map<ConnectionId, ConnectionKind> kinds = new HashMap<>();
    private final Schemas schemas = new NetworkntSchemas();
    private final ToolContext context;
    private final Ids ids = new Ids(clock);

    /** @param allowed what the guard lets through, as {@code 127.0.0.1:port} */
    TestingScenarios(String... allowed) {
        PinnedWebClient web = new PinnedWebClient();
        TestingNames names = new TestingNames().answering("api.example", "93.184.215.14");
        context = TestingContext.reaching(Path.of("."), names, allowed);
        Toolbox builtin = new Toolbox(
                List.of(new HttpTool(web), new ShellTool()), ToolStyle.JETTSON, schemas, new JacksonTrimmer());
        ScenarioMeans means = new ScenarioMeans(
                this::account,
                new McpServices(web),
                new TemplateRequests(web),
                new PickedOutputs(),
                builtin,
                schemas,
                new EgressGuard(names, List.of(allowed), List.of()));
        var database = testing.database();
        ScenarioRoom room = new ScenarioRoom(
                new ScenarioStore(database.jdbi(), new JacksonRecipes()),
                means,
                database,
                new Audit(new AuditStore(database.jdbi()), ids, clock),
                clock);
        scenarios = new Scenarios(room);
        granted = new GrantedTools(room);
        grants = new Grants(room);
        mira = caller("mira", 1);
        other = caller("other", 2);
    }

    private Caller caller(String name, int team) {
        User user = new User(new UserId(ids.next()), name, Role.USER, team);
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, 'user', now())",
                        user.id().value(),
                        name));
        return new Caller(user, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
    }

    private ServiceAccount account(UserId owner, ConnectionId id, ConnectionKind kind) {
        ServiceAccount account = accounts.get(id);
        if (account == null
                || kinds.get(id) != kind
                || !owner.equals(mira.user().id())) {
            throw new Refused(new Problem.NotFound(Problem.Thing.CONNECTION, id.toString()));
        }
        return account;
    }

    /** A connection of Mira's. */
    ConnectionId connect(int id, ConnectionKind kind, String url, Map<String, String> headers) {
        ConnectionId connection = new ConnectionId(id);
        accounts.put(connection, new ServiceAccount(connection, "account " + id, url, headers));
        kinds.put(connection, kind);
        return connection;
    }

    void disconnect(ConnectionId id) {
        accounts.remove(id);
    }

    /** A scenario of Mira's, whose one input is the text {@code x}. */
    Scenario made(String name, Action action) {
        return scenarios.create(mira, recipe(name, action));
    }

    static Recipe recipe(String name, Action action) {
        Field x = new Field("x", FieldType.TEXT, null, null, false, List.of(), null);
        return new Recipe(name, "", true, List.of(x), null, action, 40);
    }

    static ToolGrant grant(Scenario scenario) {
        return new ToolGrant.OfScenario(scenario.id(), false);
    }

    /** What Mira's agents get; what they do not is in {@link #missing}. */
    List<Tool> tools(ToolGrant... grants) throws InterruptedException {
        missing.clear();
        return granted.of(mira.user().id(), List.of(grants), missing::add);
    }

    /** What a model gets that calls the only tool granted. */
    ToolResult call(ToolGrant grant, String input) throws InterruptedException {
        Toolbox box = new Toolbox(tools(grant), new ToolStyle("", "Make"), schemas, new JacksonTrimmer());
        String name = box.names().getFirst();
        try (Belongings belongings = new Belongings()) {
            ToolContext mine = new ToolContext(
                    context.computer(),
                    context.egress(),
                    new ToolContext.Behalf(mira.user().id(), context.behalf().agent(), null),
                    context.secrets(),
                    belongings);
            return box.run(new ToolCall("c1", name, new Json(input.replace('\'', '"'))), mine);
        }
    }

    @Override
    public void close() {
        testing.close();
    }
}
