package dev.drover.core.memory;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What a user's memories said before, and where they lie. */
public final class Archive {
    private final ArchiveStore store;
    private final Clock clock;

    public Archive(ArchiveStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What a live memory said before, the newest first; what was deleted tells nobody anything. */
    public List<PastVersion> versions(UserId user, MemoryKey name) {
        Instant now = clock.instant();
        if (!store.lives(user, name, now)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.MEMORY, name.namespace() + "/" + name.key()));
        }
        return store.versions(user, name, now);
    }

    /** Where the user's memories lie, by name. */
    public List<Namespace> namespaces(UserId user) {
        return store.namespaces(user, clock.instant());
    }
}
