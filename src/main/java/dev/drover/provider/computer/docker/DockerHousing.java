package dev.drover.provider.computer.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Housing;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A shell that is the main process of a container. */
final class DockerHousing implements Housing {
    private static final System.Logger LOG = System.getLogger(DockerHousing.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration PACE = Duration.ofMillis(10);

    /** TERM to all but the shell, which does not heed it, and the first process; ends when they are gone. */
    private static final String FAREWELL = """
            my $end = time + shift;
            kill 'TERM', -1;
            open my $list, '<', '/proc/1/task/1/children';
            my %stays = map { $_ => 1 } 1, $$, split ' ', scalar <$list>;
            while (time <= $end) {
                opendir my $all, '/proc';
                last if !grep { /^\\d+$/ && !$stays{$_} } readdir $all;
                select undef, undef, undef, 0.01;
            }
            """;

    private final Engine engine;
    private final DockerContainer container;
    private final Making making;
    private final ContainerPolicy policy;
    private final EgressDoors.Door door;

    /** Makes the container, if it has not been prepared. */
    @FunctionalInterface
    interface Making {
        void make(DockerContainer container) throws IOException;
    }

    DockerHousing(
            Engine engine, DockerContainer container, Making making, ContainerPolicy policy, EgressDoors.Door door) {
        this.engine = engine;
        this.container = container;
        this.making = making;
        this.policy = policy;
        this.door = door;
    }

    @Override
    public Process launch() throws IOException {
        if (!container.isMade()) {
            making.make(container);
        }
        return container.begin();
    }

    @Override
    public Isolation judge(Process process, Map<String, String> measured) throws ComputerFailure {
        try {
            container.mounts().check(measured);
            return policy.judge(container.inspect(), measured);
        } catch (IOException e) {
            throw new ComputerFailure("the container cannot be inspected: " + e.getMessage(), e);
        }
    }

    /** Pages of files are not counted: the kernel takes them back as soon as somebody needs the room. */
    @Override
    public Computer.Stats use(Process process) {
        Traffic traffic = door.traffic();
        try {
            JsonNode use = engine.use(container.id());
            JsonNode memory = use.path("memory_stats");
            JsonNode pages = memory.path("stats");
            long files = pages.path("active_file").asLong()
                    + pages.path("inactive_file").asLong();
            return new Computer.Stats(
                    Math.max(0, memory.path("usage").asLong() - files),
                    use.path("cpu_stats").path("cpu_usage").path("total_usage").asLong() / 1e9,
                    use.path("pids_stats").path("current").asInt(),
                    0,
                    traffic.receivedBytes(),
                    traffic.sentBytes(),
                    Optional.empty());
        } catch (IOException | IllegalStateException e) {
            return new Computer.Stats(0, 0, 0, 0); // stopped meanwhile
        }
    }

    @Override
    public void terminate(Process process, Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            String farewell = engine.run(
                    container.id(), List.of("perl", "-e", FAREWELL, Long.toString(Math.max(1, grace.toSeconds()))));
            while (System.nanoTime() < deadline && process.isAlive() && engine.runs(farewell)) {
                Uninterrupted.pause(PACE);
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "commands of agent {0} ended without grace: {1}",
                    container.agent(),
                    e);
        }
    }

    /** The shell, whose socket is closed, ends by itself and the container with it; one that cannot is killed. */
    @Override
    public void kill(Process process) {
        if (process instanceof ContainerProcess life) {
            if (!ended(life, MOMENT) && life.signal("KILL")) {
                ended(life, PATIENCE);
            }
            life.abandon();
        }
    }

    @Override
    public void dismantle() {
        door.close();
        try {
            container.removeOwn();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
        }
    }

    @Override
    public void release() {
        try {
            engine.removeVolume(Tags.workspace(container.agent()));
            engine.removeVolume(Tags.shared(container.agent()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
        }
    }

    private static boolean ended(Process process, Duration patience) {
        return Uninterrupted.await(patience, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
    }
}
