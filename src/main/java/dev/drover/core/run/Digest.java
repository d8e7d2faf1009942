package dev.drover.core.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 over an event as it is stored and the digest of the one before: so a log is a chain (decision 27). */
final class Digest {
    /** The same in the database, over columns of {@code run_event} and {@code before}, the digest of the row before. */
    static final String SQL = """
            sha256(coalesce(before, uuid_send(run_id)) || int8send(seq) || int8send(coalesce(step, 0))
                || timestamptz_send(at) || convert_to(kind, 'UTF8') || '\\x00'::bytea
                || convert_to(label, 'UTF8') || '\\x00'::bytea || convert_to(payload, 'UTF8'))""";

    /** From when the database counts. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final int HASH = 32;
    private static final int NUMBERS = 3 * Long.BYTES;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    static @Nullable Digest stored(byte @Nullable [] bytes) {
        return bytes == null ? null : new Digest(bytes.clone());
    }

    /** @param before of the event before that one; null where a chain begins */
    static Digest of(@Nullable Digest before, Event event, String label, String payload) {
        MessageDigest hash = sha256();
        ByteBuffer head = ByteBuffer.allocate(HASH + NUMBERS);
        if (before == null) {
            // So that no log can stand in for that of another run.
            head.putLong(event.run().value().getMostSignificantBits());
            head.putLong(event.run().value().getLeastSignificantBits());
        } else {
            head.put(before.bytes);
        }
        head.putLong(event.seq()).putLong(event.step()).putLong(ChronoUnit.MICROS.between(EPOCH, event.at()));
        hash.update(head.flip());
        hash.update(text(EventKind.of(event.entry()).word()));
        hash.update((byte) 0);
        hash.update(text(label));
        hash.update((byte) 0);
        hash.update(text(payload));
        return new Digest(hash.digest());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
