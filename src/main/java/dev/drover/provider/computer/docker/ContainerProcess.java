package dev.drover.provider.computer.docker;

import dev.drover.core.computer.FarProcess;
import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One life of a container, for those who know only processes. */
final class ContainerProcess extends FarProcess {
    private static final System.Logger LOG = System.getLogger(ContainerProcess.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Engine engine;
    private final String container;
    private volatile Instant startedAt = Instant.now();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;
    private volatile boolean abandoned;

    private ContainerProcess(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /** Of a container that has just been started. */
    static ContainerProcess of(Engine engine, String container) {
        ContainerProcess process = new ContainerProcess(engine, container);
        Thread.ofVirtual().name("container-watch").start(process::watch);
        return process;
    }

    /** An engine that is away for a moment says nothing about its containers. */
    private void watch() {
        while (!abandoned) {
            try {
                exitCode = engine.awaitEnd(container);
                break;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "container {0} is out of sight: {1}", container, e.toString());
                Uninterrupted.pause(PAUSE);
            }
        }
        ended.countDown();
    }

    /** What it has been doing until now was to wait. */
    void begins() {
        startedAt = Instant.now();
    }

    /** Nobody waits for its end any more. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public boolean isAlive() {
        return ended.getCount() > 0;
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("container " + container + " is running");
        }
        return exitCode;
    }

    @Override
    public void destroy() {
        signal("TERM");
    }

    @Override
    public Process destroyForcibly() {
        signal("KILL");
        return this;
    }

    /** Whether the engine heard of it. */
    boolean signal(String name) {
        try {
            engine.kill(container, name);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "container {0} got no {1}: {2}", container, name, e.getMessage());
            return false;
        }
    }

    @Override
    protected Instant startedAt() {
        return startedAt;
    }

    @Override
    protected String complaints() throws IOException {
        return engine.complaints(container);
    }
}
