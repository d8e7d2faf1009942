package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import dev.drover.core.model.ModelProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reminds runs by a hybrid search with their task, and hands what they leave behind to {@link Learning}. */
public final class Recollection implements Remembrance {
    /** Without vectors: so much of what a task or a memory says must be in the other. */
    private static final double LEAST_SHARED = 0.34;

    /** So many are looked at to find those worth telling. */
    private static final int CANDIDATES = 50;

    /** Shorter words are in every text of most languages. */
    private static final int TELLING_WORD = 4;

    private final MemoryRoom room;
    private final Search search;
    private final Learning learning;
    private final Rule rule;

    public Recollection(MemoryRoom room, Search search, Learning learning, Rule rule) {
        this.room = room;
        this.search = search;
        this.learning = learning;
        this.rule = rule;
    }

    /**
     * When a memory is worth telling.
     *
     * @param most how many at most
     * @param cosine with the task, at least
     */
    public record Rule(int most, double cosine) {}

    @Override
    public List<Reminder> recall(UserId user, @Nullable String namespace, String task, Duration patience)
            throws InterruptedException {
        Instant now = room.clock().instant();
        if (rule.most() == 0 || !room.store().hasAny(user, now)) {
            return List.of();
        }
        Vector meaning =
                room.keepsOurVectors() ? room.embeddings().of(task, patience).orElse(null) : null;
        SearchMode mode = meaning == null ? SearchMode.KEYWORD : SearchMode.HYBRID;
        IndexEntry.Filter filter = new IndexEntry.Filter(namespace, List.of(), now);
        List<PoolIndex.Scored> ranked =
                room.indexes().read(user, index -> Search.ranked(index, task, meaning, mode, filter));
        List<PoolIndex.Scored> near = ranked.stream()
                .filter(scored -> meaning == null
                        || scored.entry().vectors().isEmpty()
                        || scored.entry().cosine(meaning) >= rule.cosine())
                .toList();
        Set<UUID> byWordsAlone = new HashSet<>(near.stream()
                .map(PoolIndex.Scored::entry)
                .filter(entry -> meaning == null || entry.vectors().isEmpty())
                .map(IndexEntry::id)
                .toList());
        return search.hits(user, near, CANDIDATES, now).stream()
                .map(Found.Hit::memory)
                .filter(memory -> !byWordsAlone.contains(memory.id().value()) || isShared(user, task, memory))
                .limit(rule.most())
                .map(memory -> new Reminder(memory.namespace(), memory.key(), memory.value()))
                .toList();
    }

    private boolean isShared(UserId user, String task, Memory memory) {
        return room.indexes().read(user, index -> {
            Set<String> asked = telling(Words.of(task));
            Set<String> known = telling(Remembered.words(memory.key(), memory.value(), memory.tags()));
            double both = weight(index, asked.stream().filter(known::contains).toList());
            double less = Math.min(weight(index, asked), weight(index, known));
            return both > 0 && both / less >= LEAST_SHARED;
        });
    }

    private static Set<String> telling(List<String> words) {
        Set<String> telling = new HashSet<>(words);
        telling.removeIf(word -> word.length() < TELLING_WORD && !Words.isUnspaced(word.codePointAt(0)));
        return telling;
    }

    private static double weight(PoolIndex index, Iterable<String> words) {
        double weight = 0;
        for (String word : words) {
            weight += index.weight(word);
        }
        return weight;
    }

    @Override
    public void learn(UserId user, String namespace, ModelProfile profile, String story) {
        learning.learn(user, namespace, profile, story);
    }
}
