package dev.drover.core.memory;

import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingEmbeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The memory of a node, whose model counts letters, over a database that other nodes may share. */
final class TestingMemory implements AutoCloseable {
    private final TestingDatabase database;
    private final TestingClock clock;
    private final Ids ids;
    private final Letters letters;
    private final MemoryRoom room;
    private final Memories memories;
    private final Search search;

    TestingMemory(TestingDatabase database, TestingClock clock, int quota, Letters letters) {
        this.database = database;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.letters = letters;
        var jdbi = database.database().jdbi();
        this.room = new MemoryRoom(
                new MemoryRoom.Stores(new MemoryStore(jdbi), new EmbeddingStore(jdbi)),
                database.database(),
                letters,
                new Quota("test", quota),
                ids,
                clock);
        this.memories = new Memories(room);
        this.search = new Search(room);
    }

    UserId newUser() {
        UserId user = new UserId(ids.next());
        database.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, 'user', now())",
                        user.value(),
                        user.toString()));
        return user;
    }

    MemoryRoom room() {
        return room;
    }

    Memories memories() {
        return memories;
    }

    Letters letters() {
        return letters;
    }

    TestingClock clock() {
        return clock;
    }

    Memories.Stored put(UserId user, String key, String value) {
        return put(user, key, value, null);
    }

    Memories.Stored put(UserId user, String key, String value, @Nullable Integer importance) {
        return memories.put(
                user, new PutMemory(new MemoryKey("default", key), value, null, importance, null, Source.MANUAL));
    }

    Found find(UserId user, String query, SearchMode mode) {
        try {
            return search.find(user, new SearchMemories(query, null, List.of(), 10, mode));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> keys(UserId user, String query, SearchMode mode) {
        return find(user, query, mode).hits().stream()
                .map(hit -> hit.memory().key())
                .toList();
    }

    Search search() {
        return search;
    }

    @Override
    public void close() {
        room.close();
    }

    /** Texts of the same letters are near each other. */
    static final class Letters implements Embedder {
        private final String name;
        private final AtomicInteger texts = new AtomicInteger();
        private volatile @Nullable EmbeddingFailure failure;

        Letters(String name) {
            this.name = name;
        }

        void fail(EmbeddingFailure with) {
            failure = with;
        }

        int texts() {
            return texts.get();
        }

        @Override
        public String model() {
            return name;
        }

        @Override
        public int window() {
            return 200;
        }

        @Override
        public List<float[]> embed(List<String> wanted) throws EmbeddingFailure {
            EmbeddingFailure now = failure;
            if (now != null) {
                throw now;
            }
            texts.addAndGet(wanted.size());
            List<float[]> vectors = new ArrayList<>();
            wanted.forEach(text -> vectors.add(TestingEmbeddings.vector(text)));
            return vectors;
        }
    }
}
