package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Creations that carry an idempotency key: one for each key of a caller in 24 hours. */
final class CreationOnce {
    private static final Duration KEYS_KEPT = Duration.ofHours(24);
    private static final int TURNS = 64;

    private final MachineRoom room;

    /** For creations with the same key, one after the other; a few share one for good. */
    private final List<Lock> turns =
            Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

    CreationOnce(MachineRoom room) {
        this.room = room;
    }

    /** What this key made before, or else what is made now; refused when the key was used for something else. */
    Machines.Made create(Caller caller, String key, String fingerprint, Supplier<Machines.Made> creation) {
        Lock turn = turns.get(Math.floorMod(key.hashCode(), turns.size()));
        turn.lock();
        try {
            Optional<Machines.Made> before = madeBefore(caller, key, fingerprint);
            return before.isPresent() ? before.get() : remembered(caller, key, fingerprint, creation.get());
        } finally {
            turn.unlock();
        }
    }

    private Optional<Machines.Made> madeBefore(Caller caller, String key, String fingerprint) {
        Instant notBefore = room.clock().instant().minus(KEYS_KEPT);
        room.books().once().forget(notBefore);
        return room.books().once().find(caller.user().id(), key, notBefore).flatMap(made -> {
            if (!made.fingerprint().equals(fingerprint)) {
                throw new Refused(new Problem.IdempotencyConflict(false));
            }
            return room.books()
                    .machines()
                    .find(made.agent())
                    .flatMap(machine ->
                            room.agents().find(machine.agent()).map(agent -> new Machines.Made(agent, machine)));
        });
    }

    private Machines.Made remembered(Caller caller, String key, String fingerprint, Machines.Made made) {
        CreationOnceStore.Made kept = new CreationOnceStore.Made(made.agent().id(), fingerprint);
        room.books().once().keep(caller.user().id(), key, kept, room.clock().instant());
        return made;
    }
}
