package dev.drover.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.id.Ids;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final TestingClock clock = new TestingClock("2026-11-02T12:00:00Z");
    private final Audit audit = new Audit(new AuditStore(DATABASE.database().jdbi()), new Ids(clock), clock);

    @BeforeEach
    void empty() {
        DATABASE.empty();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void tellsWhoDidWhatToWhichAndWhen() {
        audit.record("user:admin", "key.revoke", "key_1", "the old one");
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("actor", "user:admin")
                        .containsEntry("action", "key.revoke")
                        .containsEntry("target", "key_1")
                        .containsEntry("detail", "the old one")
                        .containsEntry("at", java.sql.Timestamp.from(clock.instant())));
    }

    @Test
    void keepsEntriesInTheirOrder() {
        audit.record("user:admin", "first", "x", "");
        clock.pass(Duration.ofMinutes(-5));
        audit.record("user:admin", "second", "x", "");
        assertThat(entries()).extracting(entry -> entry.get("action")).containsExactly("first", "second");
    }

    @Test
    void tellsNothingOfWhatCameToNothing() {
        assertThatThrownBy(() -> DATABASE.database().run(() -> {
                    audit.record("user:admin", "agent.spawn", "x", "");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(entries()).isEmpty();
    }

    private List<Map<String, Object>> entries() {
        return DATABASE.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select * from audit order by id")
                        .mapToMap()
                        .list());
    }
}
