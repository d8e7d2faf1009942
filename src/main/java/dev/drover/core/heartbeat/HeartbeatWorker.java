package dev.drover.core.heartbeat;

import dev.drover.core.Refused;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works the runs of this server, each on a thread of its own, so many at once as it may. */
public final class HeartbeatWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatWorker.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int BEATS_A_LOOK = 5;
    private static final int AGENTS_AT_ONCE = 100;
    private static final Duration PATIENCE_AT_SHUTDOWN = Duration.ofSeconds(6);
    private static final Duration AFTER_HURRY = Duration.ofSeconds(2);

    private final HeartbeatRoom room;
    private final HeartbeatQueue queue;
    private final Endings endings;
    private final Semaphore places;
    private final Map<RunId, LiveHeartbeat> live = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private Set<RunId> idle = Set.of();
    private volatile boolean open;
    private volatile boolean closing;

    HeartbeatWorker(HeartbeatRoom room, HeartbeatQueue queue, Endings endings) {
        this.room = room;
        this.queue = queue;
        this.endings = endings;
        this.places = new Semaphore(room.processes());
    }

    /** Takes up what waits, and all that comes. */
    void start() {
        open = true;
        Thread.ofVirtual().name("heartbeat-watch").start(this::watch);
        offerAll();
    }

    /** Leaves what waits to others. */
    void rest() {
        open = false;
    }

    /** How many runs are worked here. */
    public int count() {
        return live.size();
    }

    /** Something may wait for the agent. */
    void offer(AgentId agent) {
        if (open) {
            Thread.ofVirtual().name("heartbeat-claim").start(() -> guarded(() -> take(agent)));
        }
    }

    /** Something may wait. */
    void offerAll() {
        if (open) {
            Thread.ofVirtual().name("heartbeat-claim").start(() -> guarded(this::takeAny));
        }
    }

    /** The run is to end, if it is worked here. */
    void end(RunId run) {
        LiveHeartbeat working = live.get(run);
        if (working != null) {
            working.end(LiveHeartbeat.Cause.CANCELLED);
        }
    }

    private void takeAny() {
        for (AgentId agent : queue.waiting(AGENTS_AT_ONCE)) {
            if (places.availablePermits() == 0) {
                return;
            }
            take(agent);
        }
    }

    /** Until nothing of the agent waits, or no place is free: whoever leaves one looks for more. */
    private void take(AgentId agent) {
        while (open && places.tryAcquire()) {
            boolean taken = false;
            try {
                taken = begin(agent);
            } finally {
                if (!taken) {
                    places.release();
                }
            }
            if (!taken) {
                return;
            }
        }
    }

    private boolean begin(AgentId agent) {
        HeartbeatQueue.Attempt attempt;
        Set<RunId> noted = new HashSet<>();
        boolean kept = false;
        try {
            attempt = queue.claim(agent, claimed -> {
                noted.add(claimed.run().id());
                live.put(claimed.run().id(), claimed.live());
                return open;
            });
            kept = true;
        } finally {
            if (!kept) {
                noted.forEach(live::remove);
            }
        }
        return switch (attempt) {
            case HeartbeatQueue.Attempt.Nothing nothing -> false;
            case HeartbeatQueue.Attempt.Later later -> {
                Thread.ofVirtual().name("heartbeat-rest").start(() -> {
                    Uninterrupted.pause(later.rest());
                    offer(agent);
                });
                yield false;
            }
            case HeartbeatQueue.Attempt.Got got -> {
                Thread worker = Thread.ofVirtual()
                        .name("heartbeat-" + got.claimed().run().id())
                        .unstarted(() -> work(got.claimed()));
                threads.add(worker);
                worker.start();
                yield true;
            }
        };
    }

    private void work(HeartbeatQueue.Claimed claimed) {
        try {
            if (closing) {
                claimed.live().end(LiveHeartbeat.Cause.SHUTDOWN);
            }
            new HeartbeatShift(room, endings, claimed).work(() -> !closing);
        } catch (RuntimeException e) {
            log.error("the end of run {} was not stored", claimed.run().id(), e);
        } finally {
            live.remove(claimed.run().id());
            places.release();
            threads.remove(Thread.currentThread());
            offerAll();
        }
    }

    private void watch() {
        for (long beats = 1; !closing; beats++) {
            Uninterrupted.pause(BEAT);
            live.values().forEach(LiveHeartbeat::watch);
            if (beats % BEATS_A_LOOK == 0 && !closing) {
                guarded(this::compare);
            }
        }
    }

    /** Runs that are ours by the table and worked by nobody here, and the other way round; seen twice in a row. */
    private void compare() {
        Set<RunId> here = Set.copyOf(live.keySet());
        List<HeartbeatQueueStore.Working> mine = room.stores().queue().mine();
        Set<RunId> odd = new HashSet<>(here);
        for (HeartbeatQueueStore.Working working : mine) {
            if (!odd.remove(working.run())) {
                odd.add(working.run());
            }
            if (working.wished()) {
                end(working.run());
            }
        }
        Set<RunId> again = new HashSet<>(odd);
        again.retainAll(idle);
        idle = odd;
        for (RunId run : again) {
            LiveHeartbeat working = live.get(run);
            if (working != null) {
                working.end(LiveHeartbeat.Cause.TAKEN);
            } else {
                endings.lose(run, room.node(), "The server lost the run: nothing works on it any more");
            }
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            log.warn("heartbeats wait for the next look: {}", refused.problem());
        } catch (RuntimeException e) {
            log.error("heartbeats wait for the next look", e);
        }
    }

    /** Ends all that runs here; each run is made up for by whoever works next. */
    @Override
    public void close() {
        open = false;
        closing = true;
        live.values().forEach(working -> working.end(LiveHeartbeat.Cause.SHUTDOWN));
        if (!gone(PATIENCE_AT_SHUTDOWN)) {
            live.values().forEach(LiveHeartbeat::hurry);
            if (!gone(AFTER_HURRY)) {
                log.warn("{} runs did not end in time; their computers end with this server", live.size());
                live.keySet()
                        .forEach(run -> guarded(() ->
                                endings.lose(run, room.node(), "The server was stopped while the run was at work")));
            }
        }
    }

    private boolean gone(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (Thread thread : List.copyOf(threads)) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Uninterrupted.await(left, nanos -> thread.join(Duration.ofNanos(Math.max(1, nanos))));
        }
        return threads.isEmpty();
    }
}
