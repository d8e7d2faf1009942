package dev.drover.core.webhook;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.WebhookId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to a webhook and how it fared.
 *
 * @param webhook null for the hook that a spawn brought along
 * @param agent null for a test
 * @param httpStatus of the last answer, if there was one
 * @param nextAttemptAt null when there is none to come
 */
public record Delivery(
        DeliveryId id,
        @Nullable WebhookId webhook,
        String type,
        @Nullable AgentId agent,
        Status status,
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant nextAttemptAt) {
    /** How it stands. */
    public enum Status {
        PENDING,
        DELIVERED,
        FAILED
    }
}
