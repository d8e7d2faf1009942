package dev.drover.core.id;

import java.util.UUID;

/** The identity of a webhook. */
public record WebhookId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
