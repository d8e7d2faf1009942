package dev.drover.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.UserId;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each test has a database of its own, since a worker makes whatever vectors are owed in it. */
final class EmbeddingWorkerTest {
    private final TestingDatabase database = TestingDatabase.create();
    private final TestingClock clock = new TestingClock("2026-03-01T10:00:00Z");

    @AfterEach
    void close() {
        database.close();
    }

    private TestingMemory node(TestingMemory.Letters letters) {
        return new TestingMemory(database, clock, 99, letters);
    }

    @Test
    void makesVectorsBehindAPutAndOnceOnly() {
        try (TestingMemory one = node(new TestingMemory.Letters("letters/b"));
                TestingMemory other = node(new TestingMemory.Letters("letters/b"))) {
            UserId user = one.newUser();
            one.room().start();
            other.room().start();
            for (int i = 0; i < 40; i++) {
                (i % 2 == 0 ? one : other).put(user, "k" + i, "value " + i);
            }
            Waiting.until(() -> !one.room().embeddingStore().owes(user));
            assertThat(one.letters().texts() + other.letters().texts()).isEqualTo(80);
            assertThat(one.find(user, "value 7", SearchMode.SEMANTIC).hits()).hasSize(10);
        }
    }

    @Test
    void makesAllVectorsAnewForAnotherModel() {
        TestingMemory before = node(new TestingMemory.Letters("letters/c"));
        UserId user = before.newUser();
        before.room().start();
        before.put(user, "a", "apples");
        Waiting.until(() -> !before.room().embeddingStore().owes(user));
        try (before;
                TestingMemory after = node(new TestingMemory.Letters("letters/d"))) {
            after.room().start();
            Waiting.until(() -> after.letters().texts() == 2);
            assertThat(before.find(user, "apples", SearchMode.HYBRID).mode())
                    .as("a node of the old model leaves vectors alone")
                    .isEqualTo(SearchMode.KEYWORD);
            Waiting.until(() -> !after.room().embeddingStore().owes(user));
            assertThat(after.find(user, "apples", SearchMode.HYBRID).mode()).isEqualTo(SearchMode.HYBRID);
        }
    }

    @Test
    void findsByWordsWhileThereIsNoModel() {
        TestingMemory.Letters broken = new TestingMemory.Letters("letters/e");
        broken.fail(new EmbeddingFailure("no library", true));
        try (TestingMemory node = node(broken)) {
            UserId user = node.newUser();
            node.room().start();
            node.put(user, "a", "Never deploy on Fridays");
            Found found = node.find(user, "deploys on friday", SearchMode.SEMANTIC);
            assertThat(found.mode()).isEqualTo(SearchMode.KEYWORD);
            assertThat(found.hits()).hasSize(1);
        }
    }

    @Test
    void asksNoModelForAnEmptyPool() {
        try (TestingMemory node = node(new TestingMemory.Letters("letters/f"))) {
            UserId user = node.newUser();
            node.room().start();
            assertThat(node.find(user, "anything", SearchMode.HYBRID).hits()).isEmpty();
            assertThat(node.letters().texts()).isZero();
        }
    }
}
