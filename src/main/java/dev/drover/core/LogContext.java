package dev.drover.core;

import org.jspecify.annotations.Nullable;

/** The request and the run that the current thread works for, so that every line of the log can name them. */
public record LogContext(
        @Nullable String requestId, @Nullable String runId) {
    private static final LogContext NONE = new LogContext(null, null);
    private static final ScopedValue<LogContext> CURRENT = ScopedValue.newInstance();

    public static LogContext current() {
        return CURRENT.orElse(NONE);
    }

    /** Where work for a request is to be run or called. */
    public static ScopedValue.Carrier request(String id) {
        return ScopedValue.where(CURRENT, new LogContext(id, current().runId()));
    }

    /** Where work for a run is to be run or called. */
    public static ScopedValue.Carrier run(String id) {
        return ScopedValue.where(CURRENT, new LogContext(current().requestId(), id));
    }
}
