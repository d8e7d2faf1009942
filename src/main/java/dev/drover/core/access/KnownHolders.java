package dev.drover.core.access;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who was found behind which credential, so that a caller who comes again is not looked up again. Only for a server
 * alone with its database: another node's revocation would not be seen in the very next request.
 */
final class KnownHolders {
    private static final int MOST = 10_000;

    private final Map<ByteBuffer, AccessStore.Held> known = new HashMap<>();
    private long forgotten;

    /** What is known, or else what the look-up finds; what is found while all is forgotten is not kept. */
    Optional<AccessStore.Held> find(byte[] hash, Instant now, Supplier<Optional<AccessStore.Held>> lookUp) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        long before;
        synchronized (known) {
            AccessStore.Held held = known.get(key);
            if (held != null && held.isGoodAt(now)) {
                return Optional.of(held);
            }
            before = forgotten;
        }
        Optional<AccessStore.Held> found = lookUp.get();
        synchronized (known) {
            if (before == forgotten && found.isPresent()) {
                if (known.size() == MOST) {
                    known.clear();
                }
                known.put(key, found.get());
            }
        }
        return found;
    }

    /** To be called when a change of users or credentials is stored, before whoever made it hears of that. */
    void forgetAll() {
        synchronized (known) {
            known.clear();
            forgotten++;
        }
    }
}
