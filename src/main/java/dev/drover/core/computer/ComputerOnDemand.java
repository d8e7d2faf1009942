package dev.drover.core.computer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A computer that is opened when something first needs it, and never for the many runs in which nothing does. */
public final class ComputerOnDemand implements Computer {
    private final Opening opening;
    private volatile @Nullable Computer opened;
    private boolean stopped;

    public ComputerOnDemand(Opening opening) {
        this.opening = opening;
    }

    /** How it is opened. */
    public interface Opening {
        Computer open() throws ComputerFailure, InterruptedException;
    }

    /** What was opened, if anything was. */
    public synchronized Optional<Computer> opened() {
        return Optional.ofNullable(opened);
    }

    /** Opens it, if nothing has yet. */
    public synchronized Computer open() throws ComputerFailure, InterruptedException {
        if (stopped) {
            throw new ComputerFailure("its work is over");
        }
        Computer open = opened == null ? opening.open() : opened;
        opened = open;
        return open;
    }

    /** For what has no way to say that there is no computer. */
    private Computer openNow() {
        try {
            return open();
        } catch (ComputerFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a computer was opened", e);
        }
    }

    @Override
    public Isolation isolation() {
        return openNow().isolation();
    }

    @Override
    public boolean isUp() {
        Computer open = opened;
        return open != null && open.isUp();
    }

    @Override
    public Workspace workspace() {
        return openNow().workspace();
    }

    @Override
    public Execution run(String command, Duration timeout) throws ComputerFailure, InterruptedException {
        return open().run(command, timeout);
    }

    @Override
    public Dialogue converse(String command, Map<String, String> environment)
            throws ComputerFailure, InterruptedException {
        return open().converse(command, environment);
    }

    @Override
    public void environment(Map<String, String> variables) {
        openNow().environment(variables);
    }

    @Override
    public Stats stats() {
        return openNow().stats();
    }

    /** Not synchronized with an opening under way: whoever interrupts that one comes next. */
    @Override
    public void stop(Duration grace) {
        Computer open = opened;
        if (open != null) {
            open.stop(grace);
        }
    }

    @Override
    public void close() {
        opened().ifPresent(Computer::close);
        synchronized (this) {
            stopped = true;
        }
    }
}
