package dev.drover.core.webhook;

import dev.drover.core.id.WebhookId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where notices go.
 *
 * @param events words of {@link HookEvent}, or {@code *}
 * @param disabledReason why this server disabled it; null when it did not
 */
public record Webhook(
        WebhookId id,
        String url,
        List<String> events,
        @Nullable String description,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt) {
    public Webhook {
        events = List.copyOf(events);
    }

    boolean hears(HookEvent event) {
        return events.contains(HookEvent.ANY) || events.contains(event.word());
    }

    /** Somebody's own: a webhook with the secret that only the answer which made it shows. */
    public record Made(Webhook webhook, String secret) {}
}
