package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.HttpServer;
import dev.drover.api.http.HttpSettings;
import dev.drover.api.http.Route;
import dev.drover.api.http.Router;
import dev.drover.api.jettson.JettsonApi;
import dev.drover.api.jettson.JettsonKeys;
import dev.drover.api.jettson.JettsonLogs;
import dev.drover.api.page.HealthPage;
import dev.drover.api.page.MetricsPage;
import dev.drover.api.trinity.TrinityLogin;
import dev.drover.cli.Embedded;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.run.Bells;
import dev.drover.core.run.Leases;
import dev.drover.core.run.RunLog;
import dev.drover.core.run.RunNotices;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunStores;
import dev.drover.core.run.RunWorker;
import dev.drover.core.run.Runs;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Plan;
import dev.drover.provider.database.Pulse;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.provider.tool.browser.BrowserTool;
import dev.drover.provider.tool.files.DeleteTool;
import dev.drover.provider.tool.files.ListTool;
import dev.drover.provider.tool.files.ReadTool;
import dev.drover.provider.tool.files.WriteTool;
import dev.drover.provider.tool.http.HttpTool;
import dev.drover.provider.tool.mcp.McpFile;
import dev.drover.provider.tool.mcp.McpServer;
import dev.drover.provider.tool.mcp.McpTools;
import dev.drover.provider.tool.shell.ShellTool;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The whole machine, put together in the order in which things exist. */
public final class Plane implements Embedded.Running {
    private final Settings settings;
    private final Closing closing;
    private final HttpServer http;
    private final ComputerChoice computers;
    private final Optional<String> newPassword;

    private Plane(
            Settings settings,
            Closing closing,
            HttpServer http,
            ComputerChoice computers,
            Optional<String> newPassword) {
        this.settings = settings;
        this.closing = closing;
        this.http = http;
        this.computers = computers;
        this.newPassword = newPassword;
    }

    /** Returns when the server answers requests; when something fails, nothing is left running. */
    public static Plane start(Settings settings) {
        Closing closing = new Closing();
        try {
            return assemble(settings, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Plane assemble(Settings settings, Closing closing) {
        List<McpServer> servers = McpFile.read(settings.reach());
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(clock);
        UUID node = ids.next();
        Ground ground = Ground.open(settings, node, closing);
        var jdbi = ground.database().jdbi();

        Audit audit = new Audit(new AuditStore(jdbi), ids, clock);
        Entrance entrance = Entrance.open(settings, ground, audit, ids, clock);
        ComputerChoice computers = ComputerChoice.made(
                        settings, new EgressProxy(), ground.folder().path())
                .refuseUnlessReady();
        Telemetry telemetry = Telemetry.open(settings, node, clock, closing);
        Workshop workshop = workshop(settings, computers, servers, clock, telemetry.observer());
        RunRoom room = new RunRoom(
                node,
                ids,
                RunStores.in(jdbi, new JacksonEventCodec(), new JacksonOptionsCodec()),
                ground.database(),
                new RunNotices(ground.notifications(), ground.alone()),
                new Bells(),
                telemetry.liveRuns(),
                new Agents(new AgentStore(jdbi), ids, clock),
                audit,
                workshop);
        room.notices().passTo(room.bells(), room.liveRuns());
        RunLog runLog = closing.with(new RunLog(room));
        Leases leases = closing.with(new Leases(room));
        RunWorker worker = closing.with(new RunWorker(room, runLog));

        Runs runs = new Runs(room, worker);
        HttpServer http = closing.with(HttpServer.start(
                HttpSettings.at(settings.host(), settings.port()).withOrigins(settings.corsOrigins()),
                new Router(routes(runs, entrance, new Pulse(ground.database()), telemetry.meters(), clock)),
                Routes::dialect,
                entrance.access()::identify,
                () -> ids.next().toString(),
                telemetry.meters()));
        ground.notifications().start();
        leases.start(worker, ground.alone(), ground.clockwork());
        ground.clockwork().start();
        return new Plane(settings, closing, http, computers, entrance.newPassword());
    }

    private static Workshop workshop(
            Settings settings, ComputerChoice computers, List<McpServer> servers, Clock clock, RunObserver observer) {
        NetworkntSchemas schemas = new NetworkntSchemas();
        EgressGuard guard = guard(settings);
        List<Tool> tools = tools();
        tools.addAll(McpTools.of(servers, computers.computers(), trial(settings, guard), schemas));
        Toolbox toolbox = new Toolbox(tools, ToolStyle.JETTSON, schemas, new JacksonTrimmer());
        return new Workshop(
                ModelSetup.profiles(settings),
                computers.computers(),
                toolbox,
                ToolStyle.JETTSON,
                schemas,
                guard,
                settings.plan(),
                Workshop.ITERATION_CAP,
                observer,
                clock);
    }

    /** A computer for nobody, in which servers of tools are asked once what they offer. */
    private static ComputerSpec trial(Settings settings, EgressGuard guard) {
        Plan plan = settings.plan();
        var limits = new ComputerSpec.Limits(plan.memoryBytes(), plan.cpus(), 256, 1L << 30);
        return new ComputerSpec(new AgentId(UUID.randomUUID()), limits, Map.of(), guard);
    }

    private static List<Tool> tools() {
        List<Tool> tools = new ArrayList<>(BrowserTool.all());
        tools.add(new ShellTool());
        tools.add(new ReadTool());
        tools.add(new WriteTool());
        tools.add(new ListTool());
        tools.add(new DeleteTool());
        tools.add(new HttpTool());
        return tools;
    }

    private static EgressGuard guard(Settings settings) {
        URI publicUrl = settings.publicUrl();
        List<String> own = publicUrl == null ? List.of() : List.of(publicUrl.getHost());
        return new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), settings.egressAllow(), own);
    }

    private static List<Route> routes(
            Runs runs, Entrance entrance, Pulse pulse, PrometheusMeterRegistry meters, Clock clock) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(Routes.jettson(
                new JettsonApi(runs, ToolStyle.JETTSON),
                new JettsonLogs(runs, ToolStyle.JETTSON),
                new JettsonKeys(entrance.access())));
        routes.addAll(Routes.trinity(new TrinityLogin(entrance.login())));
        routes.addAll(Routes.pages(
                new HealthPage(() -> pulse.beats() ? "healthy" : "database_away", clock), new MetricsPage(meters)));
        return Routes.described(routes);
    }

    @Override
    public URI url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + http.port());
    }

    @Override
    public String model() {
        return settings.model().toString();
    }

    @Override
    public String computers() {
        return computers.computers().kind();
    }

    @Override
    public Optional<String> newPassword() {
        return newPassword;
    }

    @Override
    public void close() {
        closing.close();
    }
}
