package dev.drover.core.memory;

import dev.drover.core.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish to remember something. Refuses what does not fit. What is null was left out: a new version then gets the
 * usual value, and a memory that has this value already stays as it is.
 */
public record PutMemory(
        MemoryKey name,
        String value,
        @Nullable List<String> tags,
        @Nullable Integer importance,
        @Nullable Instant expiresAt,
        Source source) {
    static final int USUAL_IMPORTANCE = 5;
    private static final int MOST_DAYS = 36_500;
    private static final double MILLIS_A_DAY = 86_400_000;
    private static final int MOST_IMPORTANCE = 10;

    public PutMemory {
        Refused.when(
                value.length() > Memory.LONGEST_VALUE,
                "value",
                "is " + value.length() + " characters long; at most 5,000");
        Refused.when(value.indexOf('\0') >= 0, "value", "must not contain the NUL character");
        value = Misfit.wellFormed(value);
        if (tags != null) {
            tags = tags.stream().distinct().toList();
            Misfit.ofTags(tags);
        }
        Refused.when(
                importance != null && (importance < 1 || importance > MOST_IMPORTANCE),
                "importance",
                "must be 1 to 10, but is " + importance);
    }

    /** When something expires that is to be kept so many days from now. */
    public static Instant inDays(Instant now, double days) {
        Refused.when(
                !(days > 0 && days <= MOST_DAYS), "expires_in_days", "must be more than 0 and at most 36,500 days");
        return now.plusMillis(Math.max(1, Math.round(days * MILLIS_A_DAY))).truncatedTo(ChronoUnit.MILLIS);
    }
}
