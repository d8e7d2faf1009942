package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds memories by words, by meaning, or by both (Jettson contract, section 10.3). */
public final class Search {
    /** Long enough to load the model in process, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MemoryRoom room;

    public Search(MemoryRoom room) {
        this.room = room;
    }

    /** The memories that fit best. */
    public Found find(UserId user, SearchMemories wanted) throws InterruptedException {
        Instant now = room.clock().instant();
        Vector meaning = wanted.mode() == SearchMode.KEYWORD ? null : meaning(user, wanted.query(), now);
        SearchMode mode = meaning == null ? SearchMode.KEYWORD : wanted.mode();
        IndexEntry.Filter filter = new IndexEntry.Filter(wanted.namespace(), wanted.tags(), now);
        List<PoolIndex.Scored> ranked =
                room.indexes().read(user, index -> ranked(index, wanted.query(), meaning, mode, filter));
        return new Found(hits(user, ranked, wanted.limit(), now), mode);
    }

    /** A pool without memories is no reason to load a model. */
    private @Nullable Vector meaning(UserId user, String query, Instant now) throws InterruptedException {
        if (!room.keepsOurVectors() || !room.store().hasAny(user, now)) {
            return null;
        }
        return room.embeddings().of(query, PATIENCE).orElse(null);
    }

    static List<PoolIndex.Scored> ranked(
            PoolIndex index, String query, @Nullable Vector meaning, SearchMode mode, IndexEntry.Filter filter) {
        List<PoolIndex.Scored> byMeaning = meaning == null || mode == SearchMode.KEYWORD
                ? List.of()
                : index.byMeaning(meaning, filter, Ranking.LEAST_ALIKE);
        return switch (mode) {
            case SEMANTIC -> byMeaning;
            case KEYWORD -> index.byWords(query, filter);
            case HYBRID -> Ranking.fused(index.byWords(query, filter), byMeaning, filter.now());
        };
    }

    /** An index may know memories that are gone; the table has the last word. */
    List<Found.Hit> hits(UserId user, List<PoolIndex.Scored> ranked, int limit, Instant now) {
        List<UUID> ids = ranked.stream()
                .limit(2L * limit)
                .map(scored -> scored.entry().id())
                .toList();
        Map<UUID, Memory> live = room.store().live(user, ids, now).stream()
                .collect(Collectors.toMap(memory -> memory.id().value(), Function.identity()));
        return ranked.stream().flatMap(scored -> hit(scored, live)).limit(limit).toList();
    }

    private static Stream<Found.Hit> hit(PoolIndex.Scored scored, Map<UUID, Memory> live) {
        return Optional.ofNullable(live.get(scored.entry().id())).stream()
                .map(memory -> new Found.Hit(memory, Math.clamp(scored.score(), 0, 1)));
    }
}
