package dev.drover.core.id;

import java.util.UUID;

/** The identity of one message to a webhook, the same over all attempts. */
public record DeliveryId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
