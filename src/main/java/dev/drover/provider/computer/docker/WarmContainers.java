package dev.drover.provider.computer.docker;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Containers that wait for agents to come, since an engine takes a fifth of a second to start one. What can be mounted
 * in a container is settled when it is made, and so is the agent: each stands ready under an id that nobody has yet.
 */
final class WarmContainers {
    private static final System.Logger LOG = System.getLogger(WarmContainers.class.getName());

    /** Who was told an id and has not opened its computer by then never will. */
    private static final Duration LONGEST_PROMISE = Duration.ofMinutes(5);

    private static final Duration LONGEST_MAKING = Duration.ofSeconds(30);

    private final int size;
    private final Ids ids;
    private final Making making;
    private final Consumer<AgentId> removal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Warm> ready = new ArrayDeque<>();
    private final Map<AgentId, Promise> promised = new HashMap<>();
    private @Nullable AgentId coming;
    private @Nullable Thread filler;
    private boolean closed;

    /** Makes one that waits. */
    @FunctionalInterface
    interface Making {
        Warm make(AgentId agent) throws IOException, ComputerFailure;
    }

    /** @param maker as it was when it was made */
    record Warm(DockerContainer container, Shape shape, DockerComputers.Maker maker) {}

    private record Promise(Warm warm, Instant until) {}

    /** @param removal removes all that was made for an agent who never came */
    WarmContainers(int size, Ids ids, Making making, Consumer<AgentId> removal) {
        this.size = size;
        this.ids = ids;
        this.making = making;
        this.removal = removal;
    }

    /** The id of an agent to come; no other is told it. */
    Optional<AgentId> promise() {
        lock.lock();
        try {
            Warm warm = ready.poll();
            if (warm == null) {
                return Optional.empty();
            }
            AgentId agent = warm.container.agent();
            promised.put(agent, new Promise(warm, Instant.now().plus(LONGEST_PROMISE)));
            return Optional.of(agent);
        } finally {
            lock.unlock();
            refill();
        }
    }

    /** What stands ready for the agent, if it does. */
    Optional<Warm> take(AgentId agent) {
        lock.lock();
        try {
            return Optional.ofNullable(promised.remove(agent)).map(Promise::warm);
        } finally {
            lock.unlock();
        }
    }

    /** Whose folders and containers are in use although no computer is open. */
    Set<AgentId> agents() {
        lock.lock();
        try {
            Set<AgentId> agents = new HashSet<>(promised.keySet());
            ready.forEach(warm -> agents.add(warm.container.agent()));
            Optional.ofNullable(coming).ifPresent(agents::add);
            return agents;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up promises that nobody has claimed. */
    void expire() {
        List<Warm> expired = new ArrayList<>();
        lock.lock();
        try {
            promised.values().removeIf(promise -> promise.until.isBefore(Instant.now()) && expired.add(promise.warm));
        } finally {
            lock.unlock();
        }
        expired.forEach(this::remove);
    }

    /** Makes what is missing, out of the caller's way. */
    void refill() {
        lock.lock();
        try {
            if (filler == null && !closed && ready.size() < size) {
                filler = Thread.ofVirtual().name("warm-containers").start(this::fill);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fill() {
        while (isWanting()) {
            AgentId agent = announced();
            try {
                Warm made = making.make(agent);
                lock.lock();
                try {
                    ready.add(made);
                    coming = null;
                } finally {
                    lock.unlock();
                }
            } catch (IOException | ComputerFailure e) {
                LOG.log(System.Logger.Level.WARNING, "no container stands ready: {0}", e.getMessage());
                removal.accept(agent);
                break;
            }
        }
        lock.lock();
        try {
            coming = null;
            filler = null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanting() {
        lock.lock();
        try {
            return !closed && ready.size() < size;
        } finally {
            lock.unlock();
        }
    }

    private AgentId announced() {
        lock.lock();
        try {
            AgentId agent = new AgentId(ids.next());
            coming = agent;
            return agent;
        } finally {
            lock.unlock();
        }
    }

    /** Removes all, for good, and what is still being made with it. */
    void close() {
        Thread last;
        lock.lock();
        try {
            closed = true;
            last = filler;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            Uninterrupted.await(LONGEST_MAKING, nanos -> last.join(Duration.ofNanos(nanos)));
        }
        List<Warm> all = new ArrayList<>();
        lock.lock();
        try {
            all.addAll(ready);
            promised.values().forEach(promise -> all.add(promise.warm));
            ready.clear();
            promised.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(this::remove);
    }

    private void remove(Warm warm) {
        removal.accept(warm.container.agent());
    }
}
