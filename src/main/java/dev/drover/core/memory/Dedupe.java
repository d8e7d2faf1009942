package dev.drover.core.memory;

import dev.drover.core.id.MemoryId;
import dev.drover.core.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds memories of one namespace that say nearly the same, and keeps the newest of each kind. */
public final class Dedupe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MemoryRoom room;
    private final double alike;

    /** @param alike the cosine from which two values say the same */
    public Dedupe(MemoryRoom room, double alike) {
        this.room = room;
        this.alike = alike;
    }

    /**
     * Removes what says the same as something newer, softly. Among equally new ones the more important is kept.
     *
     * @param namespace null for each by itself
     * @param dry only tells what would be done
     */
    public Outcome run(UserId user, @Nullable String namespace, boolean dry) throws InterruptedException {
        if (namespace != null) {
            Misfit.ofNamespace(namespace);
        }
        Instant now = room.clock().instant();
        room.worker().finish(user, PATIENCE);
        IndexEntry.Filter filter = new IndexEntry.Filter(namespace, List.of(), now);
        List<IndexEntry> entries = room.indexes().read(user, index -> index.all(filter));
        List<Group> groups = entries.stream()
                .collect(Collectors.groupingBy(IndexEntry::namespace, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(this::groups)
                .flatMap(Collection::stream)
                .toList();
        List<Group> done = dry ? groups : remove(user, groups, now);
        return new Outcome(entries.size(), done);
    }

    private List<Group> groups(List<IndexEntry> entries) {
        List<IndexEntry> rest = new ArrayList<>(entries);
        rest.sort(Comparator.comparing(IndexEntry::updatedAt)
                .thenComparingInt(IndexEntry::importance)
                .thenComparing(IndexEntry::id)
                .reversed());
        List<Group> groups = new ArrayList<>();
        while (!rest.isEmpty()) {
            IndexEntry kept = rest.removeFirst();
            Map<Boolean, List<IndexEntry>> others =
                    rest.stream().collect(Collectors.partitioningBy(entry -> kept.saysTheSame(entry, alike)));
            List<IndexEntry> same = others.getOrDefault(true, List.of());
            if (!same.isEmpty()) {
                groups.add(Group.of(kept, same));
                rest = new ArrayList<>(others.getOrDefault(false, List.of()));
            }
        }
        return groups;
    }

    /** What has changed since it was looked at stays. */
    private List<Group> remove(UserId user, List<Group> groups, Instant now) {
        if (groups.isEmpty()) {
            return groups;
        }
        return room.transactions().call(() -> {
            long revision = room.store().nextRevision(user);
            return groups.stream()
                    .map(group -> new Group(
                            group.namespace(), group.kept(), group.keptSince(), removed(user, group, now, revision)))
                    .filter(group -> !group.removed().isEmpty())
                    .toList();
        });
    }

    private List<MemoryId> removed(UserId user, Group group, Instant now, long revision) {
        List<UUID> ids =
                new ArrayList<>(group.removed().stream().map(MemoryId::value).toList());
        ids.add(group.kept().value());
        List<Memory> live = room.store().live(user, ids, now);
        boolean keptStands = live.stream()
                .anyMatch(memory ->
                        memory.id().equals(group.kept()) && memory.updatedAt().equals(group.keptSince()));
        if (!keptStands) {
            return List.of();
        }
        return live.stream()
                .filter(memory -> !memory.id().equals(group.kept()))
                .filter(memory -> !memory.updatedAt().isAfter(group.keptSince()))
                .filter(memory -> room.store().delete(memory.id(), memory.version(), now, revision))
                .map(Memory::id)
                .toList();
    }

    /** What was done: how many were looked at, and which were removed in favour of which. */
    public record Outcome(int scanned, List<Group> groups) {
        public Outcome {
            groups = List.copyOf(groups);
        }

        public int removed() {
            return groups.stream().mapToInt(group -> group.removed().size()).sum();
        }
    }

    /** Memories that said the same. */
    public record Group(String namespace, MemoryId kept, Instant keptSince, List<MemoryId> removed) {
        public Group {
            removed = List.copyOf(removed);
        }

        static Group of(IndexEntry kept, List<IndexEntry> same) {
            return new Group(
                    kept.namespace(),
                    new MemoryId(kept.id()),
                    kept.updatedAt(),
                    same.stream().map(entry -> new MemoryId(entry.id())).toList());
        }
    }
}
