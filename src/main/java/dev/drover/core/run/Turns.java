package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.UserId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spawns of one account, one after the other. They would have to wait in the database anyway, for the account's row:
 * there each would keep a connection, and a crowd of them would keep all, also from everybody else.
 */
final class Turns {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Does the work in its turn; a repeat of what is under way is refused instead of waiting for it. */
    <T> T take(UserId account, SpawnAgent.@Nullable IdempotencyKey key, Supplier<T> work) {
        if (key == null) {
            return inTurn(account, work);
        }
        String name = account + key.key();
        if (!underWay.add(name)) {
            throw new Refused(new Problem.IdempotencyConflict(true));
        }
        try {
            return inTurn(account, work);
        } finally {
            underWay.remove(name);
        }
    }

    private <T> T inTurn(UserId account, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(account.hashCode(), LOCKS)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
