package dev.drover.core.execution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How far an execution has come, in the words of Trinity; each stands for states of its run. */
public enum ExecutionStatus {
    /** It waits for those before it, or for a server. */
    PENDING("spawning"),
    RUNNING("running"),
    SUCCESS("completed"),
    FAILED("error"),
    CANCELLED("stopped"),
    /** It was due and never ran. */
    SKIPPED("");

    private final String run;

    ExecutionStatus(String run) {
        this.run = run;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isOver() {
        return !Set.of(PENDING, RUNNING).contains(this);
    }

    public static Optional<ExecutionStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** The word of a run's status as it is stored; empty for an execution without a run. */
    String run() {
        return run;
    }

    static ExecutionStatus ofRun(String word) {
        return Arrays.stream(values())
                .filter(status -> status.run.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no run is " + word));
    }
}
