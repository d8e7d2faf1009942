package dev.drover;

import dev.drover.cli.bench.Laboratory;
import dev.drover.core.SecretFile;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.artifact.ArtifactLimits;
import dev.drover.core.artifact.ArtifactStore;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.Ids;
import dev.drover.core.memory.Remembrance;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.model.ProfileSource;
import dev.drover.core.run.Bells;
import dev.drover.core.run.LiveRuns;
import dev.drover.core.run.RunHooks;
import dev.drover.core.run.RunLog;
import dev.drover.core.run.RunLogTrial;
import dev.drover.core.run.RunNotices;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.RunStores;
import dev.drover.core.run.Workshop;
import dev.drover.core.runtime.Runtimes;
import dev.drover.core.tool.ToolSource;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Metering;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The run log put together as {@link Plane} does it, without what would work on the runs. */
final class RunLogLaboratory implements Laboratory {
    @Override
    public OpenLog openLog(Path data) {
        Settings settings = Settings.read(
                Map.of("DROVER_DATA", data.toString(), "DROVER_MODEL", "offline", "DROVER_COMPUTERS", "process"),
                Map.of());
        Closing closing = new Closing();
        try {
            return open(settings, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static OpenLog open(Settings settings, Closing closing) {
        Clock clock = Clock.systemUTC();
        Ids ids = new Ids(clock);
        UUID node = ids.next();
        Ground ground = Ground.open(settings, node, closing);
        var jdbi = ground.database().jdbi();
        Audit audit = new Audit(new AuditStore(jdbi), ids, clock);
        SecretRoom secrets = SecretRoom.open(settings, ground, () -> false, audit, clock);
        Entrance entrance = Entrance.open(settings, ground, secrets.keys(), new Book(audit, ids, clock));
        RunRoom room = new RunRoom(
                node,
                ids,
                RunStores.in(jdbi, new JacksonEventCodec(), new JacksonOptionsCodec()),
                ground.database(),
                new RunNotices(ground.notifications(), ground.alone()),
                new Bells(),
                new LiveRuns(),
                new Agents(new AgentStore(jdbi), ids, clock),
                new Artifacts(new ArtifactStore(jdbi), ground.database(), ArtifactLimits.USUAL, audit, ids, clock),
                audit,
                RunHooks.NONE,
                workshop(settings, ground, clock));
        RunLogTrial trial = new RunLogTrial(room, closing.with(new RunLog(room)), operator(settings, entrance));
        ground.notifications().start();
        return new OpenLog() {
            @Override
            public RunLogTrial trial() {
                return trial;
            }

            @Override
            public void close() {
                closing.close();
            }
        };
    }

    private static Caller operator(Settings settings, Entrance entrance) {
        return entrance.access()
                .identify(SecretFile.keep(settings.reach().resolve("operator.key"), SecretFile::random));
    }

    /** Nobody works here; only the clock is asked for. */
    private static Workshop workshop(Settings settings, Ground ground, Clock clock) {
        ComputerChoice computers =
                ComputerChoice.made(settings, new EgressProxy(), ground.folder().path());
        return new Workshop(
                new ModelProfiles(ModelSetup.own(settings), ProfileSource.NONE),
                computers.computers(),
                computers.place(),
                KeptComputers.NONE,
                new Toolbox(List.of(), ToolStyle.JETTSON, new NetworkntSchemas(), new JacksonTrimmer()),
                ToolSource.NONE,
                new NetworkntSchemas(),
                SecretLender.NONE,
                new EgressGuard(host -> List.of(), List.of(), List.of()),
                settings.plan(),
                Metering.NONE,
                Workshop.ITERATION_CAP,
                Remembrance.NONE,
                References.NONE,
                new RunObserver() {},
                Runtimes.NONE,
                clock);
    }
}
