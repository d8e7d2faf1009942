package dev.drover.core.id;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The source of new identities: UUIDv7 (RFC 9562), ascending within this process even inside one millisecond. */
public final class Ids {
    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private long lastTick;

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** The next identity; the 12 bits behind the millisecond count, so that a busy millisecond stays in order. */
    public UUID next() {
        long tick;
        lock.lock();
        try {
            long now = clock.millis() << COUNTER_BITS;
            lastTick = Math.max(now, lastTick + 1);
            tick = lastTick;
        } finally {
            lock.unlock();
        }
        return assemble(tick >>> COUNTER_BITS, (int) (tick & 0xFFF), random.nextLong());
    }

    /** An identity that can be worked out again: of the numbered part of a whole, born at the instant given. */
    public static UUID derived(UUID whole, long number, Instant at) {
        ByteBuffer seed = ByteBuffer.allocate(24)
                .putLong(whole.getMostSignificantBits())
                .putLong(whole.getLeastSignificantBits())
                .putLong(number);
        ByteBuffer digest = ByteBuffer.wrap(sha256(seed.array()));
        return assemble(at.toEpochMilli(), digest.getShort() & 0xFFF, digest.getLong());
    }

    private static UUID assemble(long millis, int twelveBits, long tail) {
        long most = (millis << 16) | 0x7000L | twelveBits;
        long least = (tail & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
