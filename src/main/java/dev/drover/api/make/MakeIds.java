package dev.drover.api.make;

import dev.drover.core.id.RunId;
import dev.drover.core.run.StartedRun;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** The identities that Make's clients see of a run and its steps; all of them follow from the run's own. */
final class MakeIds {
    private static final long VERSION = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_8 = 0x8000L;

    private MakeIds() {}

    /** One iteration is one run (contract, section 3.6). */
    static UUID iteration(RunId run) {
        return random(run, 0);
    }

    static UUID step(RunId run, long seq) {
        return random(run, seq);
    }

    /** In the form of a random one, as the contract wants it, but the same at every reading. */
    private static UUID random(RunId run, long number) {
        UUID hash = hash(run, number);
        return new UUID((hash.getMostSignificantBits() & ~VERSION) | VERSION_4, hash.getLeastSignificantBits());
    }

    private static UUID hash(RunId run, long number) {
        ByteBuffer bytes = ByteBuffer.allocate(24);
        bytes.putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits())
                .putLong(number);
        return UUID.nameUUIDFromBytes(bytes.array());
    }

    /**
     * The id of a frame, by which a reader comes back: it tells the number of the run and the place in its log, and
     * fits no other run. Above them stand bits of the run's hash, and of RFC 9562 the version for ids of one's own.
     */
    static UUID frame(StartedRun run, long seq) {
        UUID hash = hash(run.id(), -1);
        long most = ((long) run.ordinal() << 32) | (hash.getMostSignificantBits() & 0xFFFF_0FFFL) | VERSION_8;
        long least = (hash.getLeastSignificantBits() & 0xFFFF_FFFF_0000_0000L) | (seq & 0xFFFF_FFFFL);
        return new UUID(most, least);
    }

    /** What the id of a frame tells; empty for an id of another kind. */
    static Optional<Place> place(UUID frame) {
        if (frame.version() != 8) {
            return Optional.empty();
        }
        return Optional.of(new Place(
                (int) (frame.getMostSignificantBits() >>> 32), frame.getLeastSignificantBits() & 0xFFFF_FFFFL));
    }

    /** The number of a run of its agent, and a place in its log. */
    record Place(int ordinal, long seq) {}
}
