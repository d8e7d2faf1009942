package dev.drover.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.UserId;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class MemoriesTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final TestingClock CLOCK = new TestingClock("2026-03-01T10:00:00Z");
    private static final TestingMemory MEMORY =
            new TestingMemory(DATABASE, CLOCK, 3, new TestingMemory.Letters("letters/a"));

    @AfterAll
    static void close() {
        MEMORY.close();
        DATABASE.close();
    }

    private static PutMemory until(String key, Instant expiry) {
        return new PutMemory(new MemoryKey("default", key), "v", null, null, expiry, Source.MANUAL);
    }

    @Test
    void hidesWhatHasExpired() {
        UserId user = MEMORY.newUser();
        MEMORY.memories().put(user, until("brief", CLOCK.instant().plusSeconds(60)));
        MemoryKey name = new MemoryKey("default", "brief");
        assertThat(MEMORY.keys(user, "brief", SearchMode.KEYWORD)).containsExactly("brief");
        CLOCK.pass(Duration.ofSeconds(61));
        assertThat(MEMORY.memories().get(user, name)).isEmpty();
        assertThat(MEMORY.memories()
                        .list(user, new FindMemories(null, List.of(), null, 5, null))
                        .items())
                .isEmpty();
        assertThat(MEMORY.keys(user, "brief", SearchMode.KEYWORD)).isEmpty();
        assertThat(MEMORY.memories().delete(user, name, false)).isFalse();
        Memories.Stored again = MEMORY.put(user, "brief", "v");
        assertThat(again.outcome()).isEqualTo(Memories.Outcome.NEW_VERSION);
        assertThat(again.memory().version()).isEqualTo(2);
        assertThat(again.memory().expiresAt()).isNull();
    }

    @Test
    void countsOnlyWhatLives() {
        UserId user = MEMORY.newUser();
        MEMORY.put(user, "a", "v");
        MEMORY.put(user, "b", "v");
        MEMORY.memories().put(user, until("c", CLOCK.instant().plusSeconds(60)));
        assertThatThrownBy(() -> MEMORY.put(user, "d", "v"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(new Problem.MemoryFull("test", 3, 3)));
        assertThat(MEMORY.put(user, "a", "w").memory().version()).isEqualTo(2);
        CLOCK.pass(Duration.ofSeconds(61));
        MEMORY.put(user, "d", "v");
        assertThatThrownBy(() -> MEMORY.put(user, "c", "back")).isInstanceOf(Refused.class);
        MEMORY.memories().delete(user, new MemoryKey("default", "a"), false);
        MEMORY.put(user, "c", "back");
    }

    @Test
    void removesForGoodAfterThirtyDays() {
        UserId user = MEMORY.newUser();
        MEMORY.put(user, "a", "v");
        MEMORY.memories().delete(user, new MemoryKey("default", "a"), false);
        MEMORY.memories().put(user, until("b", CLOCK.instant().plusSeconds(60)));
        CLOCK.pass(Duration.ofDays(30));
        MEMORY.memories().purge();
        assertThat(rows(user)).isEqualTo(2);
        CLOCK.pass(Duration.ofMinutes(2));
        MEMORY.memories().purge();
        assertThat(rows(user)).isZero();
    }

    private static int rows(UserId user) {
        return DATABASE.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from memory where user_id = :user")
                        .bind("user", user.value())
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void keepsOldVersions() {
        UserId user = MEMORY.newUser();
        for (int i = 0; i < 4; i++) {
            MEMORY.put(user, "a", "value " + i);
        }
        List<String> old = DATABASE.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select v.value from memory_version v join memory m on m.id = v.memory_id
                                where m.user_id = :user order by v.version
                                """)
                        .bind("user", user.value())
                        .mapTo(String.class)
                        .list());
        assertThat(old).containsExactly("value 0", "value 1", "value 2");
    }

    @Test
    void learnsNothingOverWhatSomebodySaid() {
        UserId user = MEMORY.newUser();
        PutMemory learnt =
                new PutMemory(new MemoryKey("default", "a"), "learnt", List.of(), 7, null, Source.AUTO_EXTRACTED);
        MEMORY.memories().learn(user, learnt);
        assertThat(MEMORY.put(user, "a", "said").memory().version()).isEqualTo(2);
        MEMORY.memories().learn(user, learnt);
        assertThat(MEMORY.memories()
                        .get(user, new MemoryKey("default", "a"))
                        .orElseThrow()
                        .value())
                .isEqualTo("said");
    }

    @Test
    void findsOnEveryNodeWhatAnyNodePut() {
        UserId user = MEMORY.newUser();
        try (TestingMemory other = new TestingMemory(DATABASE, CLOCK, 3, new TestingMemory.Letters("letters/a"))) {
            MEMORY.put(user, "a", "apples and pears");
            assertThat(other.keys(user, "pears", SearchMode.KEYWORD)).containsExactly("a");
            other.put(user, "a", "plums");
            assertThat(MEMORY.keys(user, "pears", SearchMode.KEYWORD)).isEmpty();
            assertThat(MEMORY.keys(user, "plums", SearchMode.KEYWORD)).containsExactly("a");
            other.memories().delete(user, new MemoryKey("default", "a"), true);
            assertThat(MEMORY.keys(user, "plums", SearchMode.KEYWORD)).isEmpty();
        }
    }
}
