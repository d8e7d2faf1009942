package dev.drover.core.context;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import dev.drover.core.memory.IndexCache;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.core.memory.Vector;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/**
 * Finds passages by a hybrid search in process. An agent's index is made at its first question and brought up to the
 * revisions of its files before each later one, so that it is right on every node without a word between them.
 */
public final class Lookup implements References {
    /** So many passages a model is told (Make contract, section 3.8). */
    private static final int MOST = 5;

    /** A run waits for this; a model that is slower is done without. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int LONGEST_QUESTION = 8_000;
    private static final int SHARE = 8;

    private final PieceStore store;
    private final MemoryRoom meaning;
    private final IndexCache<AgentId, FileIndex> cache = new IndexCache<>(FileIndex::new, FileIndex::bytes, SHARE);

    public Lookup(PieceStore store, MemoryRoom meaning) {
        this.store = store;
        this.meaning = meaning;
    }

    @Override
    public List<Excerpt> about(AgentId agent, String question) throws InterruptedException {
        SequencedMap<ContextId, Long> files = store.revisions(agent);
        if (files.isEmpty() || question.isBlank()) {
            return List.of();
        }
        String asked = question.substring(0, Math.min(question.length(), LONGEST_QUESTION));
        Vector direction = meaning.keepsOurVectors()
                ? meaning.embeddings().ifLoaded(asked, PATIENCE).orElse(null)
                : null;
        return store.excerpts(
                cache.read(agent, index -> current(index, files), index -> index.best(asked, direction, MOST)));
    }

    private FileIndex current(FileIndex known, SequencedMap<ContextId, Long> files) {
        FileIndex index = known.isOutOf(files.keySet()) ? new FileIndex() : known;
        String model = meaning.embeddings().model();
        files.forEach((file, revision) -> {
            if (index.revision(file) < revision && index.bytes() < cache.fullAt()) {
                store.changed(file, index.revision(file), model, piece -> {
                    index.take(piece);
                    return index.bytes() < cache.fullAt();
                });
                index.reached(file, revision);
            }
        });
        return index;
    }
}
