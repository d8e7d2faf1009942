package dev.drover.core.schedule;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a schedule.
 *
 * @param cron when it is due
 * @param zone by whose clock
 * @param message what the agent is told then
 * @param tools patterns of the tools it may use; null for all that agents have
 * @param model the name of a profile; null for the agent's own
 */
public record ScheduleOrder(
        String name,
        String cron,
        String zone,
        String message,
        boolean enabled,
        @Nullable String description,
        Duration timeout,
        @Nullable List<String> tools,
        @Nullable String model) {
    private static final Duration LONGEST = Duration.ofHours(2);

    public ScheduleOrder {
        tools = tools == null ? null : List.copyOf(tools);
        refuseBlank(name, "name");
        refuseBlank(message, "message");
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new Refused(new Problem.Unacceptable("timeout_seconds must be between 1 and " + LONGEST.toSeconds()
                    + ", but is " + timeout.toSeconds()));
        }
    }

    private static void refuseBlank(String text, String field) {
        if (text.isBlank()) {
            throw new Refused(new Problem.Unacceptable(field + " must not be empty"));
        }
    }

    /** The same, switched on or off. */
    public ScheduleOrder enabled(boolean on) {
        return new ScheduleOrder(name, cron, zone, message, on, description, timeout, tools, model);
    }
}
