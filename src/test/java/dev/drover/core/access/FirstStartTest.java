package dev.drover.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingDatabase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class FirstStartTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final TestingAccess room = new TestingAccess(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void makesAnAdminWithAPasswordThatIsShownOnce() {
        String password = room.firstStart.admin(null).orElseThrow();
        assertThat(password).matches("[A-Za-z0-9]{20}");
        assertThat(room.firstStart.admin(null)).isEmpty();
        Caller admin = room.access.identify(room.login.login("admin", password, "here"));
        assertThat(admin.user().role()).isEqualTo(Role.ADMIN);
        assertThat(room.everythingStored()).doesNotContain(password);
    }

    @Test
    void noTwoServersHaveTheSamePassword() {
        Optional<String> first = room.firstStart.admin(null);
        assertThat(new TestingAccess(DATABASE).firstStart.admin(null))
                .isPresent()
                .isNotEqualTo(first);
    }

    @Test
    void ofServersThatStartTogetherOneShowsThePasswordThatHolds() throws Exception {
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> shown = new ArrayList<>();
            List<Future<Optional<String>>> starts = IntStream.range(0, 4)
                    .mapToObj(i -> servers.submit(() -> room.firstStart.admin(null)))
                    .toList();
            for (Future<Optional<String>> made : starts) {
                made.get().ifPresent(shown::add);
            }
            assertThat(shown).hasSize(1);
            room.login.login("admin", shown.getFirst(), "here");
        }
    }

    @Test
    void aPasswordThatIsGivenOverwritesTheStoredOne() {
        String random = room.firstStart.admin(null).orElseThrow();
        assertThat(room.firstStart.admin("given")).isEmpty();
        room.login.login("admin", "given", "here");
        assertThat(TestingAccess.problem(() -> room.login.login("admin", random, "here")))
                .isNotNull();
        room.firstStart.admin("given later");
        room.login.login("admin", "given later", "here");
        assertThat(room.firstStart.admin(null)).isEmpty();
        room.login.login("admin", "given later", "here");
    }

    @Test
    void thePasswordGivenAgainIsNotHashedAnew() {
        room.firstStart.admin("given");
        User admin = room.store.user("admin").orElseThrow();
        Optional<String> before = room.store.passwordHash(admin.id());
        room.firstStart.admin("given");
        assertThat(room.store.passwordHash(admin.id())).isEqualTo(before);
    }

    @Test
    void theOperatorKeyActsAsAdmin() {
        room.firstStart.admin("given");
        String secret = room.firstStart.operatorKey();
        Caller caller = room.access.identify(secret);
        assertThat(caller.user().name()).isEqualTo("admin");
        assertThat(caller.user().role()).isEqualTo(Role.ADMIN);
        assertThat(caller.kind()).isEqualTo(CredentialKind.OPERATOR_KEY);
        assertThat(caller.scopes()).isEqualTo(EnumSet.allOf(Scope.class));
    }

    @Test
    void tellsAGoodOperatorKeyFromAnythingElse() {
        room.firstStart.admin("given");
        String secret = room.firstStart.operatorKey();
        Caller caller = room.access.identify(secret);
        assertThat(room.firstStart.isOperatorKey(secret)).isTrue();
        assertThat(room.firstStart.isOperatorKey(secret + "0")).isFalse();
        assertThat(room.firstStart.isOperatorKey("")).isFalse();
        assertThat(room.firstStart.isOperatorKey(
                        room.issue(caller, CredentialKind.API_KEY).secret()))
                .isFalse();
        room.access.revoke(caller, java.util.Objects.requireNonNull(caller.credential()));
        assertThat(room.firstStart.isOperatorKey(secret)).isFalse();
    }
}
