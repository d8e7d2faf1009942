package dev.drover.core.memory;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.MemoryId;
import dev.drover.core.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What users and their agents do with single memories. */
public final class Memories {
    static final Duration KEPT_WHEN_OVER = Duration.ofDays(30);

    private final MemoryRoom room;

    public Memories(MemoryRoom room) {
        this.room = room;
    }

    /** How many live ones the user has. */
    public int count(UserId user) {
        return room.store().live(user, now());
    }

    /** Remembers something; refused when the pool is full and would grow. Its vectors come behind it. */
    public Stored put(UserId user, PutMemory order) {
        Instant now = now();
        // Of what is said again and again most is known already: that takes no lock and no flush.
        Optional<MemoryStore.Row> known = room.store().row(user, order.name());
        if (known.isPresent() && isLive(known.get(), now)) {
            Memory same = known.get().memory();
            if (amended(same, order, now).equals(same)) {
                return new Stored(same, Outcome.UNCHANGED);
            }
        }
        Stored stored = room.transactions().call(() -> write(user, order, now));
        if (stored.outcome() == Outcome.NEW_VERSION) {
            room.worker().wake();
        }
        return stored;
    }

    /** The same for what a machine picked out by itself, which is not to write over what somebody said. */
    void learn(UserId user, PutMemory order) {
        Optional<MemoryStore.Row> known = room.store().row(user, order.name()).filter(row -> isLive(row, now()));
        if (known.isEmpty() || known.get().memory().source() == Source.AUTO_EXTRACTED) {
            put(user, order);
        }
    }

    /** The same inside the caller's transaction, and without waking anybody. */
    Stored write(UserId user, PutMemory order, Instant now) {
        long revision = room.store().nextRevision(user);
        Optional<MemoryStore.Row> found = room.store().row(user, order.name());
        boolean live = found.isPresent() && isLive(found.get(), now);
        if (live) {
            Memory before = found.get().memory();
            Memory after = amended(before, order, now);
            if (after.equals(before)) {
                return new Stored(before, Outcome.UNCHANGED);
            }
            room.store().replace(after, revision);
            return new Stored(after, after.version() > before.version() ? Outcome.NEW_VERSION : Outcome.AMENDED);
        }
        refuseWhenFull(user, now);
        MemoryId id = found.map(row -> row.memory().id())
                .orElseGet(() -> new MemoryId(room.ids().next()));
        int version = 1 + found.map(row -> row.memory().version()).orElse(0);
        Memory fresh = version(id, order, now, now, 0, version);
        if (found.isPresent()) {
            room.store().replace(fresh, revision);
        } else {
            room.store().insert(user, fresh, revision);
        }
        return new Stored(fresh, Outcome.NEW_VERSION);
    }

    /** The same, but a live memory of that name stays as it is. */
    Stored writeUnlessKnown(UserId user, PutMemory order, Instant now) {
        Optional<MemoryStore.Row> known = room.store().row(user, order.name()).filter(row -> isLive(row, now));
        return known.isPresent() ? new Stored(known.get().memory(), Outcome.UNCHANGED) : write(user, order, now);
    }

    private void refuseWhenFull(UserId user, Instant now) {
        Quota quota = room.quota();
        if (quota.isLimited()) {
            int live = room.store().live(user, now);
            if (live >= quota.most()) {
                throw new Refused(new Problem.MemoryFull(quota.plan(), live, quota.most()));
            }
        }
    }

    private static boolean isLive(MemoryStore.Row row, Instant now) {
        Instant expiresAt = row.memory().expiresAt();
        return !row.deleted() && (expiresAt == null || expiresAt.isAfter(now));
    }

    /** The live memory after the order; equal to what it was when the order says nothing new. */
    private static Memory amended(Memory before, PutMemory order, Instant now) {
        if (!before.value().equals(order.value())) {
            return version(before.id(), order, before.createdAt(), now, before.accessCount(), before.version() + 1);
        }
        List<String> tags = order.tags() == null ? before.tags() : order.tags();
        int importance = order.importance() == null ? before.importance() : order.importance();
        Instant expiresAt = order.expiresAt() == null ? before.expiresAt() : order.expiresAt();
        Memory same = new Memory(
                before.id(),
                before.namespace(),
                before.key(),
                before.value(),
                tags,
                importance,
                before.source(),
                before.createdAt(),
                before.updatedAt(),
                expiresAt,
                before.accessCount(),
                before.version());
        return same.equals(before) ? before : touched(same, now);
    }

    private static Memory touched(Memory memory, Instant now) {
        return new Memory(
                memory.id(),
                memory.namespace(),
                memory.key(),
                memory.value(),
                memory.tags(),
                memory.importance(),
                memory.source(),
                memory.createdAt(),
                now,
                memory.expiresAt(),
                memory.accessCount(),
                memory.version());
    }

    private static Memory version(
            MemoryId id, PutMemory order, Instant createdAt, Instant now, long accessCount, int version) {
        List<String> tags = order.tags();
        Integer importance = order.importance();
        return new Memory(
                id,
                order.name().namespace(),
                order.name().key(),
                order.value(),
                tags == null ? List.of() : tags,
                importance == null ? PutMemory.USUAL_IMPORTANCE : importance,
                order.source(),
                createdAt,
                now,
                order.expiresAt(),
                accessCount,
                version);
    }

    /** The live memory of that name, which is counted as looked at. */
    public Optional<Memory> get(UserId user, MemoryKey name) {
        return room.store().access(user, name, now());
    }

    /** A page, newest first; its cursor is the identity of the last one. Refused when the one given is a stranger. */
    public Page<Memory> list(UserId user, FindMemories wanted) {
        MemoryId after = wanted.after();
        if (after != null && !room.store().owns(user, after)) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        int limit = wanted.limit();
        FindMemories oneMore =
                new FindMemories(wanted.namespace(), wanted.tags(), wanted.source(), limit + 1, wanted.after());
        List<Memory> found = room.store().list(user, oneMore, now());
        List<Memory> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    /**
     * False when there is no live memory of that name.
     *
     * @param hard whether it is gone with all its versions; else it is kept a while, out of everybody's sight
     */
    public boolean delete(UserId user, MemoryKey name, boolean hard) {
        Instant now = now();
        return room.transactions().call(() -> {
            Optional<Memory> live =
                    room.store().row(user, name).filter(row -> isLive(row, now)).map(MemoryStore.Row::memory);
            if (live.isEmpty()) {
                return false;
            }
            long revision = room.store().nextRevision(user);
            MemoryId id = live.get().id();
            if (!hard) {
                return room.store().delete(id, live.get().version(), now, revision);
            }
            room.store().remove(id);
            room.indexes().forget(user, id.value());
            return true;
        });
    }

    /** Removes for good what was deleted or expired a while ago. */
    public void purge() {
        room.store().purge(now().minus(KEPT_WHEN_OVER));
    }

    private Instant now() {
        return room.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What a put made of what there was. */
    public enum Outcome {
        NEW_VERSION,
        AMENDED,
        UNCHANGED
    }

    /** The memory as it stands after a put. */
    public record Stored(Memory memory, Outcome outcome) {}
}
