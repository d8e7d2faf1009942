package dev.drover.core.access;

import dev.drover.core.id.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When keys were used and how often: counted here, and written down once a minute, since requests are more often. */
final class KeyUses {
    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);

    private final AccessStore store;
    private final Map<CredentialId, Uses> unwritten = new ConcurrentHashMap<>();

    KeyUses(AccessStore store) {
        this.store = store;
    }

    void note(AccessStore.Held held, Instant now) {
        CredentialId id = held.caller().credential();
        if (id == null) {
            return;
        }
        unwritten.merge(id, new Uses(1, now), (before, one) -> new Uses(before.times + 1, now));
        Instant written = held.lastUsedAt();
        if (written == null || written.isBefore(now.minus(WRITTEN_EVERY))) {
            write(id);
        }
    }

    void write() {
        unwritten.keySet().forEach(this::write);
    }

    private void write(CredentialId id) {
        Uses uses = unwritten.remove(id);
        if (uses != null) {
            store.used(id, uses.last, uses.times);
        }
    }

    private record Uses(long times, Instant last) {}
}
