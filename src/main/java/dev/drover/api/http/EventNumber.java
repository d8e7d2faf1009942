package dev.drover.api.http;

import org.jspecify.annotations.Nullable;

/** The number of an event, as parameters and headers write it. */
public final class EventNumber {
    private EventNumber() {}

    /**
     * The place in a log that a text names; 0, before its start, for none.
     *
     * @param field for the refusal
     */
    public static long read(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Rejected(new Rejection.QueryMisfit(field, "must be the number of an event"));
        }
        return Long.parseLong(text);
    }
}
