package dev.drover.core.terminal;

import java.time.Duration;

/** What comes of a command that was run. */
public sealed interface Printed {
    /** Text on its standard output. */
    record Output(String text) implements Printed {}

    /** Text on its standard error. */
    record Complaint(String text) implements Printed {}

    /**
     * It ended; nothing follows.
     *
     * @param exitCode -1 when the time was up
     * @param truncated whether it printed more than is passed on
     */
    record End(int exitCode, boolean timedOut, boolean truncated, Duration took) implements Printed {}
}
