package dev.drover.core.computer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One open computer. Commands may run side by side. */
public interface Computer extends AutoCloseable {
    Isolation isolation();

    /**
     * Whether it is there at this moment: false after it died. A computer of one run comes back with its next command;
     * one that is kept stays away until it is stopped and opened again.
     */
    boolean isUp();

    /** The files under {@code /workspace}. */
    Workspace workspace();

    /**
     * Runs a command with {@code /bin/sh -c} in {@code /workspace}, standard input closed, and blocks until it ends.
     * Past the time its whole process group gets TERM and, two seconds later, KILL; so it does when the caller is
     * interrupted.
     *
     * @throws ComputerFailure when the computer itself is gone or its workspace is over its quota
     */
    Execution run(String command, Duration timeout) throws ComputerFailure, InterruptedException;

    /**
     * Starts a command as {@link #run} does, but to talk with: its standard input and output are the dialogue's. It
     * runs until it ends, the dialogue is closed or the computer stops.
     *
     * @param environment added to the commands' usual one; the agent can read it
     * @throws ComputerFailure when it did not start
     */
    Dialogue converse(String command, Map<String, String> environment) throws ComputerFailure, InterruptedException;

    /** Variables beside its own ones, for commands that begin from now on; those of an earlier call are gone. */
    void environment(Map<String, String> variables);

    /** Use of its limits right now. */
    Stats stats();

    /** TERM to everything inside, KILL after the grace, then everything but the workspace is removed. Idempotent. */
    void stop(Duration grace);

    /** Stops without grace and removes the workspace too: the agent's run has ended. Idempotent. */
    @Override
    void close();

    /**
     * What it uses.
     *
     * @param memoryBytes without the cache of files, which goes as soon as somebody needs the room
     * @param cpuSeconds since the start
     * @param processes counting threads
     * @param diskBytes of the workspace and its own folder in common
     * @param receivedBytes through its way out since the start
     * @param sentBytes the same
     * @param startedAt when its first process did; empty when none runs
     */
    record Stats(
            long memoryBytes,
            double cpuSeconds,
            int processes,
            long diskBytes,
            long receivedBytes,
            long sentBytes,
            Optional<Instant> startedAt) {
        /** Of what has no way out that is counted. */
        public Stats(long memoryBytes, double cpuSeconds, int processes, long diskBytes) {
            this(memoryBytes, cpuSeconds, processes, diskBytes, 0, 0, Optional.empty());
        }
    }
}
