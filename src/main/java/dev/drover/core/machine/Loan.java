package dev.drover.core.machine;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.Workspace;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A kept computer in the hands of one run: what the run began in it ends with the run, the computer does not. */
final class Loan implements Computer {
    private final Computer kept;
    private final Workspace workspace;
    private final Collection<Dialogue> dialogues = new ConcurrentLinkedQueue<>();

    /** @param workspace as the run may use it */
    Loan(Computer kept, Workspace workspace) {
        this.kept = kept;
        this.workspace = workspace;
    }

    @Override
    public Isolation isolation() {
        return kept.isolation();
    }

    @Override
    public boolean isUp() {
        return kept.isUp();
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    /** Whoever ends the run interrupts this, and the command's process group ends. */
    @Override
    public Execution run(String command, Duration timeout) throws ComputerFailure, InterruptedException {
        return kept.run(command, timeout);
    }

    @Override
    public Dialogue converse(String command, Map<String, String> environment)
            throws ComputerFailure, InterruptedException {
        Dialogue begun = kept.converse(command, environment);
        dialogues.add(begun);
        return begun;
    }

    /** The machine's own affair. */
    @Override
    public void environment(Map<String, String> variables) {
        kept.environment(variables);
    }

    @Override
    public Stats stats() {
        return kept.stats();
    }

    @Override
    public void stop(Duration grace) {
        dialogues.forEach(Dialogue::close);
        dialogues.clear();
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
