package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.FarProcess;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One life of a pod, for those who know only processes: it is over when nobody in there answers any more. */
final class PodProcess extends FarProcess {
    private final String pod;
    private final PodLine line;
    private final Instant startedAt = Instant.now();

    PodProcess(String pod, PodLine line) {
        this.pod = pod;
        this.line = line;
    }

    String pod() {
        return pod;
    }

    PodLine line() {
        return line;
    }

    @Override
    public boolean isAlive() {
        return line.isOpen();
    }

    @Override
    public int waitFor() throws InterruptedException {
        line.awaitEnd(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        return 0;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return line.awaitEnd(timeout, unit);
    }

    /** How it ended does not come over the line. */
    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("pod " + pod + " is running");
        }
        return 0;
    }

    @Override
    public void destroy() {
        line.close();
    }

    @Override
    protected Instant startedAt() {
        return startedAt;
    }

    @Override
    protected String complaints() {
        return line.complaints();
    }
}
