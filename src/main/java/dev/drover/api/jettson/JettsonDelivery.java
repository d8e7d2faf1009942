package dev.drover.api.jettson;

import dev.drover.core.Page;
import dev.drover.core.id.Spelling;
import dev.drover.core.webhook.Delivery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message to a webhook and how it fared (contract, section 13.2). */
record JettsonDelivery(
        String deliveryId,
        @Nullable String webhookId,
        String type,
        @Nullable String agentId,
        String status,
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant nextAttemptAt) {
    static JettsonDelivery of(Delivery delivery) {
        var hook = delivery.webhook();
        var agent = delivery.agent();
        return new JettsonDelivery(
                Spelling.MESSAGE.of(delivery.id().value()),
                hook == null ? null : Spelling.WEBHOOK.of(hook.value()),
                delivery.type(),
                agent == null ? null : Spelling.AGENT.of(agent.value()),
                JettsonAgent.word(delivery.status()),
                delivery.attempts(),
                delivery.httpStatus(),
                delivery.error(),
                delivery.createdAt(),
                delivery.nextAttemptAt());
    }

    /** A page of messages; its cursor is the id of the last one. */
    record Listed(List<JettsonDelivery> data, @Nullable String nextCursor) {
        static Listed of(Page<Delivery> page) {
            List<JettsonDelivery> data =
                    page.items().stream().map(JettsonDelivery::of).toList();
            return new Listed(data, page.next() == null ? null : data.getLast().deliveryId());
        }
    }
}
