package dev.drover.core.run;

import dev.drover.core.Notices;
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
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.Remembrance;
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
import dev.drover.provider.database.Notifications;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts tasks by a clock that only the test moves. Nobody works on them: the worker has been closed. */
final class TestingSpawns implements AutoCloseable {
    final TestingDatabase testing;
    final TestingClock clock = new TestingClock("2026-11-30T22:00:00Z");
    final Ids ids = new Ids(clock);
    final RunRoom room;
    final Runs runs;
    final Caller mira;

    private final Path folder = TestingFolders.create();
    private final RunLog log;
    private final RunWorker worker;

    /** @param testing is emptied */
    TestingSpawns(TestingDatabase testing, Plan plan) {
        this.testing = testing;
        testing.empty();
        var jdbi = testing.database().jdbi();
        Notices notices = new Notifications(testing.address(), testing.database());
        room = new RunRoom(
                ids.next(),
                ids,
                RunStores.in(jdbi, new JacksonEventCodec(), new JacksonOptionsCodec()),
                testing.database(),
                new RunNotices(notices, false),
                new Bells(),
                new LiveRuns(),
                new Agents(new AgentStore(jdbi), ids, clock),
                new Artifacts(
                        new ArtifactStore(jdbi),
                        testing.database(),
                        ArtifactLimits.USUAL,
                        new Audit(new AuditStore(jdbi), ids, clock),
                        ids,
                        clock),
                new Audit(new AuditStore(jdbi), ids, clock),
                RunHooks.NONE,
                workshop(plan));
        log = new RunLog(room);
        worker = new RunWorker(room, log);
        worker.close();
        runs = new Runs(room, worker);
        mira = caller("mira");
    }

    private Workshop workshop(Plan plan) {
        var profile = new ModelProfile(ModelProfile.DEFAULT, new OfflineModel(), "", 100_000, 1_000, null);
        return new Workshop(
                new ModelProfiles(List.of(profile), ProfileSource.NONE),
                new ProcessComputers(folder),
                "here",
                KeptComputers.NONE,
                new Toolbox(List.of(), ToolStyle.JETTSON, new NetworkntSchemas(), new JacksonTrimmer()),
                ToolSource.NONE,
                new NetworkntSchemas(),
                SecretLender.NONE,
                new EgressGuard(host -> List.of(), List.of(), List.of()),
                plan,
                Metering.NONE,
                Workshop.ITERATION_CAP,
                Remembrance.NONE,
                References.NONE,
                new RunObserver() {},
                Runtimes.NONE,
                clock);
    }

    /** A plan that limits only what the test is about. */
    static Plan plan(int concurrent, int hours, int perMinute, int perHour) {
        return new Plan("test", concurrent, hours, Duration.ofHours(2), perMinute, perHour, 1, 1 << 20, Plan.NO_LIMIT);
    }

    /** A new account, through a key of its own. */
    Caller caller(String name) {
        User user = new User(new UserId(ids.next()), name, Role.USER, 1);
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, 'user', ?)",
                        user.id().value(),
                        name,
                        clock.instant()));
        return anotherKey(user);
    }

    Caller anotherKey(User user) {
        return new Caller(user, CredentialKind.API_KEY, new CredentialId(ids.next()), null, EnumSet.allOf(Scope.class));
    }

    RunView spawn(Caller caller) {
        return spawn(caller, "work", null);
    }

    RunView spawn(Caller caller, String task, SpawnAgent.@Nullable IdempotencyKey key) {
        return runs.spawn(caller, order(task, key)).view();
    }

    static SpawnAgent order(String task, SpawnAgent.@Nullable IdempotencyKey key) {
        return new SpawnAgent(Origin.JETTSON, task, null, "iad", ModelProfile.DEFAULT, key);
    }

    /** What another server on the same database would do. */
    Runs anotherServer() {
        return new Runs(room, worker);
    }

    void stop(Caller caller, RunView spawned) {
        // No lease keeper runs here that would show it.
        room.stores().nodes().seen(room.node(), Leases.USUAL);
        runs.stop(caller, spawned.agent().id());
    }

    /** As long as nobody has taken the run over from the server that was lost. */
    void stopFromAServerThatFoundIt(Caller caller, RunView spawned) {
        runs.stop(caller, spawned.agent().id());
    }

    /** As its holder does when the computer is up: from here on its time counts. */
    void started(RunView spawned) {
        room.stores().rows().change(new Lease(spawned.run().id(), 1), new RunChange.Started(), clock.instant());
    }

    int count(String table) {
        return testing.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    @Override
    public void close() {
        log.close();
        TestingFolders.delete(folder);
    }
}
