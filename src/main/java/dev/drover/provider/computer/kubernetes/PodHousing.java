package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Housing;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shell in a pod: each of its lives is a pod of its own, on the same claim. */
final class PodHousing implements Housing {
    private static final System.Logger LOG = System.getLogger(PodHousing.class.getName());

    /** Many a cluster closes a pod's network a moment after its start. */
    private static final Duration LONGEST_OPEN = Duration.ofSeconds(15);

    private static final Duration PACE = Duration.ofMillis(250);

    private final PodYard yard;
    private final PodPlan plan;
    private final Path sockets;
    private final EgressDoors.Door door;
    private volatile @Nullable PodProcess life;

    PodHousing(PodYard yard, PodPlan plan, Path sockets, EgressDoors.Door door) {
        this.yard = yard;
        this.plan = plan;
        this.sockets = sockets;
        this.door = door;
    }

    @Nullable PodLine line() {
        PodProcess now = life;
        return now != null && now.isAlive() ? now.line() : null;
    }

    @Override
    public Process launch() throws IOException {
        PodProcess begun = yard.start(plan, sockets, true);
        life = begun;
        return begun;
    }

    @Override
    public Isolation judge(Process process, Map<String, String> measured) throws ComputerFailure {
        try {
            long deadline = System.nanoTime() + LONGEST_OPEN.toNanos();
            Map<String, String> around = around();
            while (!around.getOrDefault("reached", "").isEmpty() && System.nanoTime() < deadline) {
                Uninterrupted.pause(PACE);
                around = around();
            }
            String pod = process instanceof PodProcess known ? known.pod() : "";
            return new PodPolicy(plan).judge(measured, around, pod);
        } catch (IOException e) {
            throw new ComputerFailure("the pod cannot be asked what is in force: " + e.getMessage(), e);
        }
    }

    private Map<String, String> around() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        try (PodFiles.Answer answer = new PodFiles(this::line).ask(yard.places())) {
            for (String fact : answer.words()) {
                int colon = fact.indexOf(':');
                if (colon > 0) {
                    facts.put(fact.substring(0, colon), fact.substring(colon + 1));
                }
            }
        }
        return facts;
    }

    @Override
    public Computer.Stats use(Process process) {
        Traffic traffic = door.traffic();
        try (PodFiles.Answer use = new PodFiles(this::line).ask("use")) {
            return new Computer.Stats(
                    use.number(1),
                    use.fraction(2),
                    Math.toIntExact(use.number(3)),
                    0,
                    traffic.receivedBytes(),
                    traffic.sentBytes(),
                    Optional.empty());
        } catch (IOException e) {
            return new Computer.Stats(0, 0, 0, 0); // stopped meanwhile
        }
    }

    @Override
    public void terminate(Process process, Duration grace) {
        String seconds = Long.toString(Math.max(1, grace.toSeconds()));
        try {
            new PodFiles(this::line).ask("farewell", seconds).close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "commands of agent {0} ended without grace: {1}", plan.agent(), e);
        }
    }

    /** With the pod: what it has in memory goes with it, its files stay. */
    @Override
    public void kill(Process process) {
        if (process instanceof PodProcess ended) {
            ended.line().close();
            try {
                yard.end(ended);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
            }
        }
    }

    @Override
    public void dismantle() {
        door.close();
        try {
            PodProcess last = life; // and not what another server has made since
            if (last != null) {
                yard.end(last);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
        }
    }

    @Override
    public void release() {
        try {
            yard.removeClaim(plan.agent());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
        }
    }
}
