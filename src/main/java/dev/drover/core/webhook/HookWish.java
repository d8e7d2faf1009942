package dev.drover.core.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a webhook; null leaves a part as it is, or as it usually is. */
public record HookWish(
        @Nullable String url,
        @Nullable List<String> events,
        @Nullable String description,
        @Nullable Boolean enabled) {
    private static final int LONGEST_DESCRIPTION = 200;

    public HookWish {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw HookTarget.refused("description", "is " + description.length() + " characters long; at most 200");
        }
    }
}
