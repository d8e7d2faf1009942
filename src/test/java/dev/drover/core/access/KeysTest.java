package dev.drover.core.access;

import static dev.drover.core.access.TestingAccess.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.CredentialId;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making, listing and revoking keys. */
final class KeysTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final TestingAccess room = new TestingAccess(DATABASE);
    private final Caller mira = room.caller("mira");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGrantsAScopeThatTheyLack(Scope lacking) {
        Set<Scope> others = EnumSet.complementOf(EnumSet.of(lacking));
        Caller key = room.access.identify(
                room.issue(mira, CredentialKind.API_KEY, others).secret());
        assertThat(problem(() -> room.issue(key, CredentialKind.API_KEY, Set.of(lacking))))
                .isEqualTo(new Problem.MissingScope(lacking.word()));
        assertThat(problem(() -> room.issue(key, CredentialKind.TEST_KEY, EnumSet.allOf(Scope.class))))
                .isEqualTo(new Problem.MissingScope(lacking.word()));
        assertThat(room.issue(key, CredentialKind.API_KEY, others).key().scopes())
                .isEqualTo(others);
    }

    @Test
    void aKeyMayGrantLessThanItHas() {
        Caller key =
                room.access.identify(room.issue(mira, CredentialKind.API_KEY).secret());
        ApiKey.Issued weaker = room.issue(key, CredentialKind.API_KEY, Set.of(Scope.AGENTS_READ));
        assertThat(room.access.identify(weaker.secret()).scopes()).containsExactly(Scope.AGENTS_READ);
    }

    @Test
    void keysMadeAtTheSameMomentCountOneAnother() throws InterruptedException {
        for (int i = 0; i < 95; i++) {
            room.issue(mira, CredentialKind.API_KEY);
        }
        AtomicInteger made = new AtomicInteger();
        List<Thread> callers = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> {
                    room.issue(mira, CredentialKind.API_KEY);
                    made.incrementAndGet();
                }))
                .limit(20)
                .toList();
        callers.forEach(thread -> thread.setUncaughtExceptionHandler(
                (refused, why) -> assertThat(why).isInstanceOf(Refused.class)));
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(made).hasValue(5);
    }

    @Test
    void aChangeActsOnTheVeryNextRequest() {
        ApiKey.Issued issued = room.issue(mira, CredentialKind.API_KEY);
        Caller before = room.access.identify(issued.secret());
        CredentialId id = issued.key().id();
        ApiKey changed = room.access.change(
                mira, id, new ChangeKey("renamed", Set.of(Scope.AGENTS_READ), new SpawnRate(2, null)));
        assertThat(changed.name()).isEqualTo("renamed");
        Caller after = room.access.identify(issued.secret());
        assertThat(after.scopes()).containsExactly(Scope.AGENTS_READ).isNotEqualTo(before.scopes());
        assertThat(after.rate()).isEqualTo(new SpawnRate(2, null));
        room.access.change(mira, id, new ChangeKey(null, null, null));
        assertThat(room.access.identify(issued.secret())).isEqualTo(after);
        room.access.change(mira, id, new ChangeKey(null, null, SpawnRate.OF_THE_PLAN));
        assertThat(room.access.identify(issued.secret()).rate()).isEqualTo(SpawnRate.OF_THE_PLAN);
        room.access.revoke(mira, id);
        assertThat(problem(() -> room.access.identify(issued.secret()))).isInstanceOf(Problem.Unauthenticated.class);
    }

    @Test
    void onlyAnAdministratorGrantsMoreThanThePlan() {
        ApiKey.Issued key = room.issue(mira, CredentialKind.API_KEY);
        ChangeKey more = new ChangeKey(null, null, new SpawnRate(6, null));
        assertThat(problem(() -> room.access.change(mira, key.key().id(), more)))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("spawns_per_minute of 6", "allows 5"));
        assertThat(problem(() -> room.access.issue(
                        mira, new IssueKey("x", CredentialKind.API_KEY, Set.of(), null, new SpawnRate(null, 31)))))
                .isInstanceOf(Problem.Invalid.class);
        User admin = new User(
                mira.user().id(), mira.user().name(), Role.ADMIN, mira.user().team());
        Caller asAdmin = new Caller(admin, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
        room.access.change(asAdmin, key.key().id(), more);
        assertThat(room.access.identify(key.secret()).rate().perMinute()).isEqualTo(6);
    }

    @Test
    void anAccountHasAtMostAHundredThatAreNotRevoked() {
        ApiKey.Issued first = room.issue(mira, CredentialKind.API_KEY);
        for (int i = 1; i < 100; i++) {
            room.issue(mira, i % 2 == 0 ? CredentialKind.API_KEY : CredentialKind.TEST_KEY);
        }
        for (CredentialKind kind : List.of(CredentialKind.API_KEY, CredentialKind.TEST_KEY)) {
            assertThat(problem(() -> room.issue(mira, kind)))
                    .isEqualTo(new Problem.LimitReached("unrevoked keys", 100));
        }
        room.issue(room.caller("otto"), CredentialKind.API_KEY);
        room.access.revoke(mira, first.key().id());
        room.issue(mira, CredentialKind.API_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void aKeyNeedsAName(String name) {
        assertThat(problem(() -> new IssueKey(name, CredentialKind.API_KEY, Set.of(), null)))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("name"));
        assertThat(problem(() -> new IssueKey("x".repeat(101), CredentialKind.API_KEY, Set.of(), null)))
                .isInstanceOf(Problem.Invalid.class);
    }

    @Test
    void listsNewestFirstPageByPage() {
        List<CredentialId> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(room.issue(mira, CredentialKind.API_KEY).key().id());
        }
        room.issue(room.caller("otto"), CredentialKind.API_KEY);

        Page<ApiKey> first = room.access.keys(mira, false, 3, null);
        Page<ApiKey> second = room.access.keys(mira, false, 3, made.get(2));
        assertThat(first.items()).extracting(ApiKey::id).containsExactlyElementsOf(made.subList(0, 3));
        assertThat(first.next()).isEqualTo(made.get(2).toString());
        assertThat(second.items()).extracting(ApiKey::id).containsExactlyElementsOf(made.subList(3, 5));
        assertThat(second.next()).isNull();
    }

    @Test
    void aRevokedKeyStaysInTheHistoryAsItIs() {
        ApiKey.Issued issued = room.issue(mira, CredentialKind.API_KEY);
        room.clock.pass(Duration.ofMinutes(1));
        room.access.revoke(mira, issued.key().id());
        var revoked = room.clock.instant();
        room.clock.pass(Duration.ofMinutes(1));
        room.access.revoke(mira, issued.key().id());

        assertThat(room.access.keys(mira, false, 10, null).items()).isEmpty();
        assertThat(room.access.keys(mira, true, 10, null).items())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.id()).isEqualTo(issued.key().id());
                    assertThat(key.createdAt()).isEqualTo(TestingAccess.NOON);
                    assertThat(key.revokedAt()).isEqualTo(revoked);
                });
    }

    @Test
    void whoMakesATestKeyAlsoSeesAndRevokesIt() {
        ApiKey.Issued issued = room.issue(mira, CredentialKind.TEST_KEY);
        assertThat(room.access.keys(mira, false, 10, null).items()).containsExactly(issued.key());
        room.access.revoke(mira, issued.key().id());
        assertThat(problem(() -> room.access.identify(issued.secret()))).isInstanceOf(Problem.Unauthenticated.class);
    }

    @Test
    void aTestKeyReachesNoKeyOfTheLiveAccount() {
        ApiKey.Issued live = room.issue(mira, CredentialKind.API_KEY);
        ApiKey.Issued test = room.issue(mira, CredentialKind.TEST_KEY, EnumSet.allOf(Scope.class));
        Caller sandbox = room.access.identify(test.secret());
        assertThat(room.access.keys(sandbox, true, 10, null).items())
                .extracting(ApiKey::id)
                .containsExactly(test.key().id());
        assertThat(problem(() -> room.access.revoke(sandbox, live.key().id()))).isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void keysOfOthersDoNotExist() {
        ApiKey.Issued issued = room.issue(mira, CredentialKind.API_KEY);
        Caller otto = room.caller("otto");
        CredentialId id = issued.key().id();
        Problem missing = new Problem.NotFound(Problem.Thing.KEY, id.toString());
        assertThat(problem(() -> room.access.key(otto, id))).isEqualTo(missing);
        assertThat(problem(() -> room.access.revoke(otto, id))).isEqualTo(missing);
        CredentialId none = new CredentialId(new UUID(9, 9));
        assertThat(problem(() -> room.access.key(otto, none)))
                .isEqualTo(new Problem.NotFound(Problem.Thing.KEY, none.toString()));
        room.access.identify(issued.secret());
    }

    @Test
    void makingAndRevokingIsAudited() {
        ApiKey.Issued issued = room.issue(mira, CredentialKind.API_KEY);
        room.access.revoke(mira, issued.key().id());
        room.access.revoke(mira, issued.key().id());
        assertThat(room.everythingStored()).containsOnlyOnce("key.create").containsOnlyOnce("key.revoke");
    }
}
