package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Hop;
import dev.drover.api.http.HttpServer;
import dev.drover.api.http.HttpSettings;
import dev.drover.api.http.Route;
import dev.drover.api.http.Router;
import dev.drover.api.jettson.JettsonAccount;
import dev.drover.api.jettson.JettsonApi;
import dev.drover.api.jettson.JettsonArtifacts;
import dev.drover.api.jettson.JettsonKeys;
import dev.drover.api.jettson.JettsonLogs;
import dev.drover.api.jettson.JettsonSecrets;
import dev.drover.api.page.HealthPage;
import dev.drover.api.page.MetricsPage;
import dev.drover.cli.Embedded;
import dev.drover.core.Refused;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.artifact.ArtifactLimits;
import dev.drover.core.artifact.ArtifactStore;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.NameResolver;
import dev.drover.core.id.Ids;
import dev.drover.core.machine.Places;
import dev.drover.core.run.AccountUsages;
import dev.drover.core.run.Bells;
import dev.drover.core.run.NodeStore;
import dev.drover.core.run.RunNotices;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunStores;
import dev.drover.core.run.Runs;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.ToolStyle;
import dev.drover.provider.database.Pulse;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The whole machine, put together in the order in which things exist. */
public final class Plane implements Embedded.Running {
    private final Settings settings;
    private final Closing closing;
    private final HttpServer http;
    private final Runnable drain;
    private final ComputerChoice computers;
    private final Optional<String> newPassword;

    private Plane(
            Settings settings,
            Closing closing,
            HttpServer http,
            Runnable drain,
            ComputerChoice computers,
            Optional<String> newPassword) {
        this.settings = settings;
        this.closing = closing;
        this.http = http;
        this.drain = drain;
        this.computers = computers;
        this.newPassword = newPassword;
    }

    /** Returns when the server answers requests; when something fails, nothing is left running. */
    public static Plane start(Settings settings) {
        return start(settings, Ground::clock, host -> List.of(InetAddress.getAllByName(host)));
    }

    /**
     * The same by another clock and another book of names than the system's.
     *
     * @param names of everything that agents and webhooks may want to reach
     */
    public static Plane start(Settings settings, Clock clock, NameResolver names) {
        return start(settings, _ -> clock, names);
    }

    private static Plane start(Settings settings, Function<Ground, Clock> clock, NameResolver names) {
        Closing closing = new Closing();
        try {
            return assemble(settings, clock, names, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Plane assemble(
            Settings settings, Function<Ground, Clock> chosen, NameResolver names, Closing closing) {
        UUID node = new Ids(Clock.systemUTC()).next();
        Ground ground = Ground.open(settings, node, closing);
        Clock clock = chosen.apply(ground);
        Ids ids = new Ids(clock);
        Book book = book(ground, ids, clock);
        SecretRoom vault = secrets(settings, ground, node, book, closing);
        Entrance entrance = Entrance.open(settings, ground, vault.keys(), book);
        ComputerChoice computers = ready(settings, ground, closing);
        Telemetry telemetry = Telemetry.open(settings, node, clock, closing);
        MemorySetup memory = MemorySetup.open(settings, ground, ids, clock, closing);
        WorkshopSetup house = WorkshopSetup.of(settings, computers, vault.secrets(), guard(settings, names), memory);
        MakeSetup make = MakeSetup.open(house, ground, vault.vault(), book, closing);
        Agents agents = new Agents(new AgentStore(ground.database().jdbi()), ids, clock);
        BudgetSetup budgets = BudgetSetup.open(settings, ground, node, book);
        MachineSetup kept = MachineSetup.open(house, ground, agents, book, budgets.meter());
        Workshop workshop = house.with(make, kept, TasksRoom.watching(telemetry, kept, ground), budgets.meter());
        RunStores stores = RunStores.in(ground.database().jdbi(), new JacksonEventCodec(), new JacksonOptionsCodec());
        WebhookRoom webhooks = WebhookRoom.open(ground, vault.vault(), house.guard(), stores, book);
        RunRoom room = new RunRoom(
                node,
                ids,
                stores,
                ground.database(),
                new RunNotices(ground.notifications(), ground.alone()),
                new Bells(),
                telemetry.liveRuns(),
                agents,
                artifacts(ground, book.audit(), ids, clock),
                book.audit(),
                SlawRooms.showing(webhooks.listener(), ground, clock),
                workshop);
        RunSetup work = RunSetup.open(room, settings.relief().lease(), closing);
        List<Route> routes = routes(room, work.runs(), entrance, account(room, vault, memory));
        Drain drain = new Drain(settings.relief().drain());
        routes.addAll(Routes.pages(health(ground, drain, clock), new MetricsPage(telemetry.meters())));
        routes.addAll(webhooks.start(ground, work.runs(), closing));
        routes.addAll(make.routes(room, work.runs(), ground, closing));
        Core core = new Core(settings, ground, book, entrance, room, work.runs(), kept.guard(), closing);
        TrinityRooms trinity = TrinityRooms.open(core, kept);
        SlawRooms slaw = SlawRooms.open(core, trinity.machines(), budgets, kept);
        AdminRoom admin = new AdminRoom(computers, memory, WhySetup.open(core, budgets, telemetry));
        ConsoleRooms console = ConsoleRooms.open(core, trinity, slaw, admin, kept, make);
        HttpServer http = opened(core, console.routed(routes, hop(kept, closing)), telemetry, work, computers);
        trinity.begin(closing);
        slaw.begin();
        return new Plane(
                settings, closing, http, drain.of(http, work, slaw.heartbeats()), computers, entrance.newPassword());
    }

    /** It shows that it lives before it compares its keys: of two that start together, each knows of the other. */
    private static SecretRoom secrets(Settings settings, Ground ground, UUID node, Book book, Closing closing) {
        NodeStore nodes = new NodeStore(ground.database().jdbi());
        nodes.seen(node, settings.relief().lease());
        closing.with(() -> leave(nodes, node));
        return SecretRoom.open(
                settings, ground, () -> !ground.alone() && nodes.others(node), book.audit(), book.clock());
    }

    /** Who worked has done so already; who did not come so far is at work no more either. */
    private static void leave(NodeStore nodes, UUID node) {
        try {
            nodes.gone(node);
        } catch (Refused databaseAway) {
            // Others notice by its silence.
        }
    }

    private static Book book(Ground ground, Ids ids, Clock clock) {
        return new Book(new Audit(new AuditStore(ground.database().jdbi()), ids, clock), ids, clock);
    }

    private static List<Route> account(RunRoom room, SecretRoom secretRoom, MemorySetup memory) {
        List<Route> routes = new ArrayList<>(Routes.jettsonSecrets(new JettsonSecrets(secretRoom.secrets())));
        routes.addAll(memory.routes(room.workshop().profiles()));
        routes.addAll(Routes.jettsonUsage(new JettsonAccount(new AccountUsages(room, memory.memories()))));
        return routes;
    }

    private static ComputerChoice ready(Settings settings, Ground ground, Closing closing) {
        return ComputerChoice.ready(settings, ground.folder().path(), closing);
    }

    private static Artifacts artifacts(Ground ground, Audit audit, Ids ids, Clock clock) {
        ArtifactStore store = new ArtifactStore(ground.database().jdbi());
        return new Artifacts(store, ground.database(), ArtifactLimits.USUAL, audit, ids, clock);
    }

    private static Hop hop(MachineSetup kept, Closing closing) {
        return closing.with(new Hop(new Places(kept.holders())));
    }

    /** Others are told of a server that answers. */
    private static HttpServer opened(
            Core core, Router router, Telemetry telemetry, RunSetup work, ComputerChoice computers) {
        HttpServer http = core.closing().with(listen(core, router, telemetry));
        Settings settings = core.settings();
        work.begin(core.ground(), settings.node().reached(settings.host(), http.port()), computers.installation());
        return http;
    }

    private static HttpServer listen(Core core, Router router, Telemetry telemetry) {
        Settings settings = core.settings();
        core.ground().folder().share();
        HttpServer http = HttpServer.start(
                HttpSettings.at(settings.host(), settings.port())
                        .withOrigins(settings.corsOrigins())
                        .finishingIn(settings.relief().goodbye())
                        .trusting(settings.slaw().trusted() ? core.entrance().operator() : null),
                router,
                Routes::dialect,
                core.entrance().access()::identify,
                () -> core.book().ids().next().toString(),
                telemetry.meters());
        core.guard().server().open(near(settings.host(), http.port()));
        return http;
    }

    /** As seen from this very machine. */
    private static URI near(String host, int port) {
        String address = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
    }

    private static EgressGuard guard(Settings settings, NameResolver names) {
        URI publicUrl = settings.publicUrl();
        List<String> own = publicUrl == null ? List.of() : List.of(publicUrl.getHost());
        return new EgressGuard(names, settings.egressAllow(), own);
    }

    private static List<Route> routes(RunRoom room, Runs runs, Entrance entrance, List<Route> account) {
        List<Route> routes = new ArrayList<>(Routes.jettson(
                new JettsonApi(runs, ToolStyle.JETTSON),
                new JettsonLogs(runs, ToolStyle.JETTSON),
                new JettsonArtifacts(room.artifacts()),
                new JettsonKeys(entrance.access())));
        routes.addAll(account);
        return routes;
    }

    private static HealthPage health(Ground ground, Drain drain, Clock clock) {
        Pulse pulse = new Pulse(ground.database());
        return new HealthPage(() -> drain.state(pulse.beats() ? "healthy" : "database_away"), clock);
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
    public void drain() {
        drain.run();
    }

    @Override
    public void close() {
        closing.close();
    }
}
