package dev.drover.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Page;
import dev.drover.core.id.Ids;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    @Test
    void givesPagesNewestFirst() {
        for (int i = 0; i < 5; i++) {
            audit.record("user:admin", "number." + i, "x", "");
            clock.pass(Duration.ofSeconds(i % 2));
        }

        Page<AuditEntry> first = audit.read(AuditFilter.ALL, 2, null);
        Page<AuditEntry> second =
                audit.read(AuditFilter.ALL, 2, first.items().getLast().id());
        Page<AuditEntry> third =
                audit.read(AuditFilter.ALL, 2, second.items().getLast().id());

        assertThat(actions(first)).containsExactly("number.4", "number.3");
        assertThat(actions(second)).containsExactly("number.2", "number.1");
        assertThat(actions(third)).containsExactly("number.0");
        assertThat(first.next()).isEqualTo(first.items().getLast().id().toString());
        assertThat(third.next()).isNull();
    }

    @Test
    void findsByWhoWhatWhichAndWhen() {
        audit.record("user:ada key:k1", "key.create", "k2", "");
        clock.pass(Duration.ofHours(1));
        audit.record("user:ada", "key.revoke", "k2", "");
        clock.pass(Duration.ofHours(1));
        audit.record("user:adam", "keys", "k3", "");
        Instant last = clock.instant();

        assertThat(actions(filter("user:ada", null, null))).containsExactly("key.revoke", "key.create");
        assertThat(actions(filter("key:k1", null, null))).containsExactly("key.create");
        assertThat(actions(filter(null, "key", null))).containsExactly("key.revoke", "key.create");
        assertThat(actions(filter(null, "key.create", null))).containsExactly("key.create");
        assertThat(actions(filter(null, null, "k3"))).containsExactly("keys");
        assertThat(actions(new AuditFilter(null, null, null, last, null))).containsExactly("keys");
        assertThat(actions(new AuditFilter(null, null, null, null, last))).containsExactly("key.revoke", "key.create");
        assertThat(actions(filter("user:ada", "key.create", "k3"))).isEmpty();
    }

    @Test
    void refusesACursorOfNoPage() {
        assertThatThrownBy(() -> audit.read(AuditFilter.ALL, 2, UUID.randomUUID()))
                .hasMessageContaining("cursor");
    }

    private static AuditFilter filter(@Nullable String actor, @Nullable String action, @Nullable String target) {
        return new AuditFilter(actor, action, target, null, null);
    }

    private List<String> actions(AuditFilter filter) {
        return actions(audit.read(filter, 10, null));
    }

    private static List<String> actions(Page<AuditEntry> page) {
        return page.items().stream().map(AuditEntry::action).toList();
    }

    private List<Map<String, Object>> entries() {
        return DATABASE.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select * from audit order by id")
                        .mapToMap()
                        .list());
    }
}
