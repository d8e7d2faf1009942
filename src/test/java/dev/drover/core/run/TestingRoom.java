package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.agent.Origin;
import dev.drover.core.artifact.ArtifactLimits;
import dev.drover.core.artifact.ArtifactStore;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.Remembrance;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.model.ProfileSource;
import dev.drover.core.runtime.Runtimes;
import dev.drover.core.tool.ToolSource;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Metering;
import dev.drover.core.usage.Plan;
import dev.drover.provider.computer.process.ProcessComputers;
import dev.drover.provider.database.Clockwork;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.Notifications;
import dev.drover.provider.database.PostgresDatabase;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.provider.tool.shell.ShellTool;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.Waiting;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The run room of one node without the rest of the house: its model, plan and computers are the test's choice. */
final class TestingRoom implements AutoCloseable {
    private static final UserId OWNER = new UserId(UUID.fromString("0190a000-0000-7000-8000-000000000001"));

    private final Path folder = TestingFolders.create();
    private final PostgresDatabase database;
    private final Notifications notifications;
    private final Clockwork clockwork;
    private final RunRoom room;
    private final RunLog log;
    private final Leases leases;
    private final RunWorker worker;
    private final Runs runs;

    private TestingRoom(DatabaseAddress address, Function<Path, Workshop> workshop) {
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(clock);
        UUID node = ids.next();
        database = new PostgresDatabase(address, 8);
        notifications = new Notifications(address, database);
        clockwork = new Clockwork(database, node.toString());
        var jdbi = database.jdbi();
        jdbi.useHandle(handle -> handle.execute(
                "insert into app_user (id, name, role, created_at) values (?, 'owner', 'admin', now())"
                        + " on conflict do nothing",
                OWNER.value()));
        room = new RunRoom(
                node,
                ids,
                RunStores.in(jdbi, new JacksonEventCodec(), new JacksonOptionsCodec()),
                database,
                new RunNotices(notifications, false),
                new Bells(),
                new LiveRuns(),
                new Agents(new AgentStore(jdbi), ids, clock),
                new Artifacts(
                        new ArtifactStore(jdbi),
                        database,
                        ArtifactLimits.USUAL,
                        new Audit(new AuditStore(jdbi), ids, clock),
                        ids,
                        clock),
                new Audit(new AuditStore(jdbi), ids, clock),
                RunHooks.NONE,
                workshop.apply(folder));
        room.notices().passTo(room.bells(), room.liveRuns());
        log = new RunLog(room);
        leases = new Leases(room, Leases.USUAL);
        worker = new RunWorker(room, log);
        runs = new Runs(room, worker);
        notifications.start();
        leases.start(worker, false, clockwork);
        clockwork.start();
    }

    static TestingRoom open(DatabaseAddress address, LanguageModel model) {
        return open(address, model, Plan.of("unlimited"));
    }

    static TestingRoom open(DatabaseAddress address, LanguageModel model, Plan plan) {
        return open(address, model, plan, UnaryOperator.identity());
    }

    static TestingRoom open(
            DatabaseAddress address, LanguageModel model, Plan plan, UnaryOperator<Computers> computers) {
        return new TestingRoom(
                address,
                folder -> workshop(model, plan, computers.apply(new ProcessComputers(folder)), Clock.systemUTC()));
    }

    /** With programs that work in computers which agents keep. */
    static TestingRoom open(DatabaseAddress address, LanguageModel model, KeptComputers kept, Runtimes runtimes) {
        return new TestingRoom(address, folder -> {
            Workshop usual = workshop(model, Plan.of("unlimited"), new ProcessComputers(folder), Clock.systemUTC());
            return new Workshop(
                    usual.profiles(),
                    usual.computers(),
                    usual.place(),
                    kept,
                    usual.toolbox(),
                    usual.made(),
                    usual.schemas(),
                    usual.secrets(),
                    usual.egress(),
                    usual.plan(),
                    usual.metering(),
                    usual.iterationCap(),
                    usual.memory(),
                    usual.references(),
                    usual.observer(),
                    runtimes,
                    usual.clock());
        });
    }

    private static Workshop workshop(LanguageModel model, Plan plan, Computers computers, Clock clock) {
        ModelProfile profile = new ModelProfile(ModelProfile.DEFAULT, model, "", 100_000, 1_000, null);
        Toolbox toolbox =
                new Toolbox(List.of(new ShellTool()), ToolStyle.JETTSON, new NetworkntSchemas(), new JacksonTrimmer());
        EgressGuard guard = new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), List.of(), List.of());
        return new Workshop(
                new ModelProfiles(List.of(profile), ProfileSource.NONE),
                computers,
                "here",
                KeptComputers.NONE,
                toolbox,
                ToolSource.NONE,
                new NetworkntSchemas(),
                SecretLender.NONE,
                guard,
                plan,
                Metering.NONE,
                Workshop.ITERATION_CAP,
                Remembrance.NONE,
                References.NONE,
                new RunObserver() {},
                Runtimes.NONE,
                clock);
    }

    static Caller caller() {
        User owner = new User(OWNER, "owner", Role.ADMIN, 1);
        return new Caller(owner, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
    }

    RunView spawn(String task) {
        return runs.spawn(caller(), new SpawnAgent(Origin.JETTSON, task, null, "iad", ModelProfile.DEFAULT, null))
                .view();
    }

    Runs runs() {
        return runs;
    }

    RunView view(RunView spawned) {
        return runs.get(caller(), spawned.agent().id());
    }

    RunView stop(RunView spawned) {
        return runs.stop(caller(), spawned.agent().id());
    }

    RunView finished(RunView spawned) {
        return Waiting.until(
                Duration.ofMinutes(2),
                () -> Optional.of(view(spawned))
                        .filter(view -> view.run().status().isTerminal()));
    }

    RunView destroyed(RunView spawned) {
        return Waiting.until(
                Duration.ofMinutes(2),
                () -> Optional.of(view(spawned)).filter(view -> view.run().computer() == ComputerState.DESTROYED));
    }

    Follower follow(AgentId agent, long after) {
        return runs.follow(caller(), agent, after, java.util.Set.of());
    }

    /** Everything but the pieces of replies. */
    List<Event> story(RunView spawned) {
        return room.stores().events().story(spawned.run().id());
    }

    RunRoom room() {
        return room;
    }

    RunLog log() {
        return log;
    }

    RunStores stores() {
        return room.stores();
    }

    PostgresDatabase database() {
        return database;
    }

    Path folder() {
        return folder;
    }

    /** A run that nobody works on, with its first lease and nothing in its log. */
    Lease idleRun(UUID node) {
        var agent = room.agents().create(OWNER, "idle", Origin.JETTSON, ModelProfile.DEFAULT, null);
        var id = new dev.drover.core.id.RunId(room.ids().next());
        SpawnAgent order = new SpawnAgent(Origin.JETTSON, "idle", null, "iad", ModelProfile.DEFAULT, null);
        stores().rows().insert(Birth.of(id, agent, order, "test", node, Birth.PLANNING));
        database.jdbi().useHandle(handle -> handle.execute("delete from run_event where run_id = ?", id.value()));
        return new Lease(id, 1);
    }

    @Override
    public void close() {
        worker.close();
        leases.close();
        log.close();
        clockwork.close();
        notifications.close();
        database.close();
        TestingFolders.delete(folder);
    }
}
