package dev.drover.provider.computer.kubernetes;

import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files of computers that are off: a pod without a shell, for as long as somebody looks and a moment longer.
 */
final class Visits implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Visits.class.getName());
    private static final Duration MOMENT = Duration.ofSeconds(20);

    private final PodYard yard;
    private final Function<AgentId, PodPlan> plans;
    private final Map<AgentId, Visit> visits = new ConcurrentHashMap<>();

    Visits(PodYard yard, Function<AgentId, PodPlan> plans) {
        this.yard = yard;
        this.plans = plans;
    }

    /** The files of an agent; a pod is made when something is first asked. */
    PodFiles files(AgentId agent) {
        return new PodFiles(() -> visits.computeIfAbsent(agent, Visit::new).line());
    }

    /** Somebody else needs the claim. */
    void end(AgentId agent) throws IOException {
        Visit visit = visits.remove(agent);
        if (visit != null) {
            visit.end();
        }
    }

    boolean isVisited(AgentId agent) {
        return visits.containsKey(agent);
    }

    @Override
    public void close() {
        for (AgentId agent : visits.keySet()) {
            try {
                end(agent);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
            }
        }
    }

    /** One look, which may last. */
    private final class Visit {
        private final AgentId agent;
        private final ReentrantLock coming = new ReentrantLock();
        private @Nullable PodProcess process;
        private volatile long lookedAt = System.nanoTime();

        Visit(AgentId agent) {
            this.agent = agent;
        }

        PodLine line() {
            lookedAt = System.nanoTime();
            coming.lock();
            try {
                PodProcess there = process;
                if (there == null || !there.isAlive()) {
                    there = yard.start(plans.apply(agent), Path.of("/nonexistent"), false);
                    process = there;
                    Thread.ofVirtual().name("pod-visit").start(this::leaveInTime);
                }
                return there.line();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                lookedAt = System.nanoTime();
                coming.unlock();
            }
        }

        private void leaveInTime() {
            try {
                while (System.nanoTime() - lookedAt < MOMENT.toNanos()) {
                    Thread.sleep(MOMENT.dividedBy(4));
                }
                if (visits.remove(agent, this)) {
                    end();
                }
            } catch (InterruptedException | IOException e) {
                LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
            }
        }

        void end() throws IOException {
            coming.lock();
            try {
                PodProcess there = process;
                if (there != null) {
                    there.line().close();
                    yard.end(there);
                }
            } finally {
                coming.unlock();
            }
        }
    }
}
