package dev.drover.chaos;

import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a round needs, in processes and folders of its own: servers, database, model, counter. */
final class ChaosWorld implements AutoCloseable {
    private static final int DISK_MEGABYTES = 900;

    /** Shorter than some of the times for which servers are frozen, and longer than others. */
    private static final int LEASE_SECONDS = 3;

    private final FaultPlan plan;
    private final ServerProgram program;
    private final Disk disk = new Disk(DISK_MEGABYTES);
    private final Path logs = TestingFolders.create();
    private final CountingServer counter;
    private final CallWatch calls;
    private final ChaosModel model;
    private final ChaosDatabase database;
    private final List<DatabaseWay> ways = new ArrayList<>();
    private final List<ChaosNode> nodes = new ArrayList<>();
    private boolean keepsLogs;

    ChaosWorld(FaultPlan plan, ServerProgram program) throws IOException {
        this.plan = plan;
        this.program = program;
        this.counter = new CountingServer();
        this.calls = new CallWatch(counter);
        this.model = new ChaosModel(plan.errands(), counter.address());
        this.database = plan.nodes() == 1 ? ChaosDatabase.of(folder("node-0")) : ChaosDatabase.own(folder("database"));
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add(node(i));
        }
    }

    private Path folder(String name) {
        return disk.folder().resolve(name);
    }

    private ChaosNode node(int number) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DROVER_PORT",
                "0",
                "DROVER_COMPUTERS",
                plan.computers(),
                "DROVER_EMBEDDING_MODEL",
                "none",
                "DROVER_ROOT_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "DROVER_MODEL",
                "openai/scripted",
                "OPENAI_BASE_URL",
                model.baseUrl() + "/v1",
                "DROVER_EGRESS_ALLOW",
                counter.address(),
                "DROVER_PLAN_CONCURRENT",
                String.valueOf(plan.atOnce())));
        environment.put("DROVER_LEASE_SECONDS", String.valueOf(LEASE_SECONDS));
        environment.put("DROVER_DRAIN_SECONDS", "1");
        if (plan.nodes() > 1) {
            DatabaseWay way = new DatabaseWay(database.port().orElseThrow());
            ways.add(way);
            environment.put("DROVER_DATABASE_URL", database.settingsUrl(way.port()));
        }
        FakeClock clock = new FakeClock(logs.resolve("clock-" + number));
        if (plan.has(Fault.JumpClock.class::isInstance)) {
            environment.putAll(clock.environment());
        }
        Path data = folder(plan.shared() ? "nodes" : "node-" + number);
        return new ChaosNode(number, data, logs, program, environment, clock);
    }

    FaultPlan plan() {
        return plan;
    }

    Disk disk() {
        return disk;
    }

    Path logs() {
        return logs;
    }

    CallWatch calls() {
        return calls;
    }

    CountingServer counter() {
        return counter;
    }

    ChaosModel model() {
        return model;
    }

    ChaosDatabase database() {
        return database;
    }

    List<ChaosNode> nodes() {
        return nodes;
    }

    /** Null when the server brought its own database, to which there is no way but the server's. */
    @Nullable DatabaseWay way(int node) {
        return ways.isEmpty() ? null : ways.get(node);
    }

    /** Leaves what the servers said where it is, for somebody to read. */
    void keepLogs(boolean keeps) {
        keepsLogs = keeps;
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(ChaosNode::close);
        for (DatabaseWay way : ways) {
            way.close();
        }
        database.close();
        model.close();
        counter.close();
        disk.close();
        if (!keepsLogs && Files.exists(logs)) {
            TestingFolders.delete(logs);
        }
    }
}
