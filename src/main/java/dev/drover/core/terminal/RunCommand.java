package dev.drover.core.terminal;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One command to be run in a computer.
 *
 * @param stdin all that it can read; null for nothing
 */
public record RunCommand(
        String command, Duration timeout, @Nullable String stdin) {
    public static final Duration USUAL_TIME = Duration.ofMinutes(1);

    private static final Duration MOST_TIME = Duration.ofMinutes(10);
    private static final int LONGEST = 100_000;

    public RunCommand {
        if (command.isBlank() || command.length() > LONGEST) {
            throw new Refused(new Problem.Unacceptable(
                    "command must have 1 to " + LONGEST + " characters; longer ones fit in stdin, read by sh"));
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(MOST_TIME) > 0) {
            throw new Refused(new Problem.Unacceptable(
                    "timeout_seconds must be from 1 to " + MOST_TIME.toSeconds() + ", but is " + timeout.toSeconds()));
        }
    }
}
