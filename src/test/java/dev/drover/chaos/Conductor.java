package dev.drover.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Does to the world what the plan says, and mends all of it at the end. */
final class Conductor {
    private static final long LOOK_MILLIS = 20;
    private static final Duration PATIENCE_FOR_CALL = Duration.ofSeconds(4);
    private static final int LOOKS_FOR_READY = 500;

    private final ChaosWorld world;
    private final Count.Table counts;
    private final Set<String> leftOut = new TreeSet<>();
    private final AtomicInteger inflicted = new AtomicInteger();
    private final List<Thread> mending = new ArrayList<>();

    Conductor(ChaosWorld world, Count.Table counts) {
        this.world = world;
        this.counts = counts;
    }

    /** Nothing new goes wrong after so long, however slow the machine is. */
    void play(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (FaultPlan.Moment moment : world.plan().moments()) {
            inflicted.incrementAndGet();
            Thread.sleep(moment.after());
            if (System.nanoTime() < end) {
                inflict(moment.fault());
            }
        }
        for (Thread thread : mending) {
            thread.join();
        }
        world.nodes().forEach(node -> node.clock().set(Duration.ZERO));
        world.nodes().forEach(ChaosNode::awaitReady);
    }

    /** How far it is through its plan: 1 at the end. */
    double progress() {
        return inflicted.doubleValue() / world.plan().moments().size();
    }

    /** What this machine could not do, and why. */
    Set<String> leftOut() {
        return leftOut;
    }

    private void inflict(Fault fault) throws InterruptedException {
        switch (fault) {
            case Fault.Kill(int node, boolean atWork) -> {
                if (atWork) {
                    awaitReady(world.nodes().get(node));
                }
                kill(world.nodes().get(node));
            }
            case Fault.KillAtCall(int node, Duration after) -> killAtCall(node, after);
            case Fault.KillAll() -> world.nodes().forEach(this::kill);
            case Fault.Stop(int node) -> {
                counts.add(Count.STOPS);
                world.nodes().get(node).stop();
            }
            case Fault.Freeze(int node, Duration time, boolean computersToo) ->
                freeze(world.nodes().get(node).members(computersToo), time);
            case Fault.Cut(int node) -> cut(world.way(node));
            case Fault.Stall(int node, Duration time) -> stall(world.way(node), time);
            case Fault.KillDatabase(String signal) ->
                counts.add(Count.KILLS_OF_DATABASES, world.database().kill(signal) ? 1 : 0);
            case Fault.JumpClock(int node, Duration by) -> jump(world.nodes().get(node), by);
            case Fault.FillDisk(Duration time) -> fill(time);
            case Fault.UpsetModel(Fault.Mood mood, Duration time) -> {
                counts.add(Count.MODEL_MOODS);
                world.model().mood(mood);
                later(time, () -> world.model().mood(Fault.Mood.FINE));
            }
        }
    }

    /** Bounded, for it may be frozen, or its database may be away. */
    private static void awaitReady(ChaosNode node) throws InterruptedException {
        for (int looks = 0; looks < LOOKS_FOR_READY && node.url().isEmpty(); looks++) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void killAtCall(int otherwise, Duration after) throws InterruptedException {
        Optional<String> task = world.calls().next(PATIENCE_FOR_CALL);
        Optional<ChaosNode> holder = task.flatMap(this::holder);
        counts.add(Count.KILLS_AT_CALLS, holder.isPresent() ? 1 : 0);
        if (holder.isPresent()) {
            Thread.sleep(after);
        }
        kill(holder.orElse(world.nodes().get(otherwise)));
    }

    /** Empty when the database is away, or the run has lost its server already. */
    private Optional<ChaosNode> holder(String task) {
        try {
            Optional<Integer> port = world.database().portOfHolder(task);
            return world.nodes().stream()
                    .filter(node -> node.url().map(URI::getPort).equals(port))
                    .filter(node -> port.isPresent())
                    .findFirst();
        } catch (JdbiException | IllegalStateException away) {
            return Optional.empty();
        }
    }

    private void kill(ChaosNode node) {
        counts.add(Count.KILLS);
        counts.add(Count.KILLS_AT_WORK, node.url().isPresent() ? 1 : 0);
        node.kill();
    }

    private void freeze(List<String> pids, Duration time) {
        counts.add(Count.FREEZES);
        signal("STOP", pids);
        later(time, () -> signal("CONT", pids));
    }

    /** Those that are gone by now need none. */
    private static void signal(String signal, List<String> pids) {
        pids.forEach(pid -> Disk.run("kill", "-" + signal, pid));
    }

    private void cut(@Nullable DatabaseWay way) {
        if (way == null) {
            leftOut.add("cuts and stalls: the server that brings its database has no way to it that could be cut");
            return;
        }
        counts.add(Count.CUTS);
        way.cut();
    }

    private void stall(@Nullable DatabaseWay way, Duration time) {
        if (way == null) {
            leftOut.add("cuts and stalls: the server that brings its database has no way to it that could be cut");
            return;
        }
        counts.add(Count.STALLS);
        way.stall(true);
        later(time, () -> way.stall(false));
    }

    private void jump(ChaosNode node, Duration by) {
        if (FakeClock.library().isEmpty()) {
            leftOut.add("clock jumps: libfaketime is missing; install the package faketime");
            return;
        }
        counts.add(Count.CLOCK_JUMPS);
        node.clock().set(by);
    }

    private void fill(Duration time) {
        if (!world.disk().own()) {
            leftOut.add("full disks: only root may mount a small one");
            return;
        }
        counts.add(Count.FULL_DISKS);
        world.disk().fill();
        later(time, world.disk()::empty);
    }

    private void later(Duration time, Runnable mend) {
        mending.add(Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            mend.run();
        }));
    }
}
