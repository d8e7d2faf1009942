package dev.drover.core.computer;

/**
 * What came of a command. Output is kept up to {@link #OUTPUT_LIMIT} bytes over both streams, decoded as UTF-8 with
 * replacement characters.
 *
 * @param exitCode as a shell tells it (128 + signal), or -1 when the time was up
 */
public record Execution(String stdout, String stderr, int exitCode, boolean truncated, boolean timedOut) {
    /** 10 MB, as the Jettson contract's section 8.2 has it. */
    public static final int OUTPUT_LIMIT = 10 * 1024 * 1024;
}
