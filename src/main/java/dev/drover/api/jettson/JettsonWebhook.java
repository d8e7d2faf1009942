package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.Page;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook as its owner sees it (contract, section 13.2); the secret only in the answer that made it. */
record JettsonWebhook(
        String webhookId,
        String url,
        List<String> events,
        @Nullable String description,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    static JettsonWebhook of(Webhook hook) {
        return of(hook, null);
    }

    static JettsonWebhook of(Webhook.Made made) {
        return of(made.webhook(), made.secret());
    }

    private static JettsonWebhook of(Webhook hook, @Nullable String secret) {
        return new JettsonWebhook(
                Spelling.WEBHOOK.of(hook.id().value()),
                hook.url(),
                hook.events(),
                hook.description(),
                hook.enabled(),
                hook.disabledReason(),
                hook.createdAt(),
                hook.updatedAt(),
                secret);
    }

    /** A page of webhooks; its cursor is the id of the last one. */
    record Listed(List<JettsonWebhook> data, @Nullable String nextCursor) {
        static Listed of(Page<Webhook> page) {
            List<JettsonWebhook> data =
                    page.items().stream().map(JettsonWebhook::of).toList();
            return new Listed(data, page.next() == null ? null : data.getLast().webhookId());
        }
    }

    /** The answer to a rotation. */
    record Rotated(String webhookId, String secret) {
        static Rotated of(Webhook.Made made) {
            return new Rotated(Spelling.WEBHOOK.of(made.webhook().id().value()), made.secret());
        }
    }

    /** The answer to a test. */
    record Tested(String deliveryId) {
        static Tested of(DeliveryId id) {
            return new Tested(Spelling.MESSAGE.of(id.value()));
        }
    }
}
