package dev.drover.core.machine;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.FoundComputer;
import java.time.Duration;
import java.util.List;

/** Looks for computers of others again and again, so that who asks for them never waits for who makes computers. */
final class Strays implements Runnable {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Computers computers;
    private volatile List<FoundComputer> seen = List.of();
    private volatile boolean closed;

    Strays(Computers computers) {
        this.computers = computers;
    }

    /** None when they could not be asked for the last time. */
    List<FoundComputer> seen() {
        return seen;
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                seen = computers.found();
            } catch (ComputerFailure e) {
                seen = List.of();
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void close() {
        closed = true;
    }
}
