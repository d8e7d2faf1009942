package dev.drover.core.access;

import static dev.drover.core.access.TestingAccess.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Problem;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginTest {
    private static final String HOME = "192.0.2.1";
    private static final Problem WRONG = new Problem.Unauthenticated("incorrect user name or password");

    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final TestingAccess room = new TestingAccess(DATABASE);

    @BeforeEach
    void setPassword() {
        room.firstStart.admin("correct horse");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void theRightPasswordGivesATokenForSevenDays() {
        String token = room.login.login("admin", "correct horse", HOME);
        assertThat(room.access.identify(token).user().name()).isEqualTo("admin");
        room.clock.pass(Duration.ofDays(7).minusSeconds(1));
        room.access.identify(token);
        room.clock.pass(Duration.ofSeconds(1));
        assertThat(problem(() -> room.access.identify(token))).isInstanceOf(Problem.Unauthenticated.class);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, wrong",
        "nobody, correct horse",
        "Admin, correct horse",
        "'', ''",
        "'admin\0', correct horse",
        "admin, 'correct horse\0'"
    })
    void aWrongPasswordAndAnUnknownUserLookTheSame(String name, String password) {
        assertThat(problem(() -> room.login.login(name, password, HOME))).isEqualTo(WRONG);
    }

    @Test
    void anAccountWithoutAPasswordLetsNobodyIn() {
        room.user("mira");
        assertThat(problem(() -> room.login.login("mira", "", HOME))).isEqualTo(WRONG);
    }

    @Test
    void afterFiveWrongOnesEvenTheRightOneWaits() {
        for (int i = 0; i < 5; i++) {
            fail(HOME);
            room.clock.pass(Duration.ofMinutes(1));
        }
        assertThat(problem(() -> room.login.login("admin", "correct horse", HOME)))
                .isEqualTo(new Problem.TooManyLogins(Duration.ofMinutes(5)));
        room.login.login("admin", "correct horse", "192.0.2.2");

        room.clock.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(problem(() -> room.login.login("admin", "correct horse", HOME)))
                .isEqualTo(new Problem.TooManyLogins(Duration.ofMillis(1)));
        room.clock.pass(Duration.ofMillis(1));
        room.login.login("admin", "correct horse", HOME);
    }

    @Test
    void triesThatWereNotLookedAtDoNotLengthenTheWait() {
        for (int i = 0; i < 5; i++) {
            fail(HOME);
        }
        room.clock.pass(Duration.ofMinutes(9));
        for (int i = 0; i < 20; i++) {
            assertThat(problem(() -> room.login.login("admin", "wrong", HOME)))
                    .isEqualTo(new Problem.TooManyLogins(Duration.ofMinutes(1)));
        }
        room.clock.pass(Duration.ofMinutes(1));
        room.login.login("admin", "correct horse", HOME);
    }

    @Test
    void aSuccessClearsWhatFailedBefore() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                fail(HOME);
            }
            room.login.login("admin", "correct horse", HOME);
        }
    }

    @Test
    void ofManyTriesAtOnceOnlyFiveAreLookedAt() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Problem> guess = () -> problem(() -> room.login.login("admin", "wrong", HOME));
            List<Future<Problem>> answers = threads.invokeAll(Collections.nCopies(40, guess));
            assertThat(answers)
                    .extracting(Future::get)
                    .filteredOn(WRONG::equals)
                    .hasSize(5);
            assertThat(answers)
                    .extracting(Future::get)
                    .filteredOn(Problem.TooManyLogins.class::isInstance)
                    .hasSize(35);
        }
    }

    @Test
    void loginsAreAuditedWithoutPasswords() {
        fail(HOME);
        room.login.login("admin", "correct horse", HOME);
        assertThat(room.everythingStored())
                .contains("login.failed", "address:192.0.2.1", ",login,")
                .doesNotContain("correct horse", "wrong guess");
    }

    private void fail(String address) {
        assertThat(problem(() -> room.login.login("admin", "wrong guess", address)))
                .isEqualTo(WRONG);
    }
}
