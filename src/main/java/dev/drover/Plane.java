package dev.drover;

import dev.drover.api.Routes;
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
import dev.drover.core.run.AccountUsages;
import dev.drover.core.run.Bells;
import dev.drover.core.run.RunNotices;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunStores;
import dev.drover.core.run.Runs;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.ToolStyle;
import dev.drover.provider.database.Pulse;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
        return start(settings, Clock.systemUTC(), host -> List.of(InetAddress.getAllByName(host)));
    }

    /**
     * The same by another clock and another book of names than the system's.
     *
     * @param names of everything that agents and webhooks may want to reach
     */
    public static Plane start(Settings settings, Clock clock, NameResolver names) {
        Closing closing = new Closing();
        try {
            return assemble(settings, clock, names, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Plane assemble(Settings settings, Clock clock, NameResolver names, Closing closing) {
        Ids ids = new Ids(clock);
        UUID node = ids.next();
        Ground ground = Ground.open(settings, node, closing);
        Book book = book(ground, ids, clock);
        Entrance entrance = Entrance.open(settings, ground, book.audit(), ids, clock);
        SecretRoom secretRoom = SecretRoom.open(settings, ground, book.audit(), clock);
        ComputerChoice computers =
                ComputerChoice.ready(settings, ground.folder().path(), closing);
        Telemetry telemetry = Telemetry.open(settings, node, clock, closing);
        EgressGuard guard = guard(settings, names);
        MemorySetup memory = MemorySetup.open(settings, ground, ids, clock, closing);
        WorkshopSetup house = WorkshopSetup.of(settings, computers, secretRoom.secrets(), guard, memory);
        MakeSetup make = MakeSetup.open(house, ground, secretRoom.vault(), book, closing);
        Agents agents = new Agents(new AgentStore(ground.database().jdbi()), ids, clock);
        BudgetSetup budgets = BudgetSetup.open(settings, ground, node, book);
        MachineSetup kept = MachineSetup.open(house, ground, agents, book, budgets.meter());
        Workshop workshop = house.with(make, kept, TasksRoom.watching(telemetry, kept, ground), budgets.meter());
        RunStores stores = RunStores.in(ground.database().jdbi(), new JacksonEventCodec(), new JacksonOptionsCodec());
        WebhookRoom webhooks = WebhookRoom.open(ground, secretRoom.vault(), guard, stores, book);
        Artifacts artifacts = artifacts(ground, book.audit(), ids, clock);
        RunRoom room = new RunRoom(
                node,
                ids,
                stores,
                ground.database(),
                new RunNotices(ground.notifications(), ground.alone()),
                new Bells(),
                telemetry.liveRuns(),
                agents,
                artifacts,
                book.audit(),
                SlawRooms.showing(webhooks.listener(), ground, clock),
                workshop);
        RunSetup work = RunSetup.open(room, closing);
        List<Route> routes = routes(work.runs(), artifacts, entrance, ground, telemetry.meters(), clock);
        routes.addAll(account(room, secretRoom, memory));
        routes.addAll(webhooks.start(ground, work.runs(), closing));
        routes.addAll(make.routes(room, work.runs(), ground, closing));
        Core core = new Core(settings, ground, book, entrance, room, work.runs(), kept.guard(), closing);
        TrinityRooms trinity = TrinityRooms.open(core, kept);
        SlawRooms slaw = SlawRooms.open(core, trinity.machines(), budgets, kept);
        ConsoleRooms console = ConsoleRooms.open(core, trinity, slaw, new AdminRoom(computers, memory), kept, make);
        HttpServer http = closing.with(listen(core, console.routed(routes), telemetry));
        work.begin(ground);
        trinity.begin(closing);
        slaw.begin();
        return new Plane(settings, closing, http, computers, entrance.newPassword());
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

    private static Artifacts artifacts(Ground ground, Audit audit, Ids ids, Clock clock) {
        ArtifactStore store = new ArtifactStore(ground.database().jdbi());
        return new Artifacts(store, ground.database(), ArtifactLimits.USUAL, audit, ids, clock);
    }

    private static HttpServer listen(Core core, Router router, Telemetry telemetry) {
        Settings settings = core.settings();
        HttpServer http = HttpServer.start(
                HttpSettings.at(settings.host(), settings.port())
                        .withOrigins(settings.corsOrigins())
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

    private static List<Route> routes(
            Runs runs,
            Artifacts artifacts,
            Entrance entrance,
            Ground ground,
            PrometheusMeterRegistry meters,
            Clock clock) {
        Pulse pulse = new Pulse(ground.database());
        List<Route> routes = new ArrayList<>();
        routes.addAll(Routes.jettson(
                new JettsonApi(runs, ToolStyle.JETTSON),
                new JettsonLogs(runs, ToolStyle.JETTSON),
                new JettsonArtifacts(artifacts),
                new JettsonKeys(entrance.access())));
        routes.addAll(Routes.pages(
                new HealthPage(() -> pulse.beats() ? "healthy" : "database_away", clock), new MetricsPage(meters)));
        return routes;
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
