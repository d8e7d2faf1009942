package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Instant;

/** What callers see of a database that is away. */
final class TestingOutage {
    private TestingOutage() {}

    static void check(Refused refused) {
        assertThat(refused.problem())
                .isInstanceOfSatisfying(
                        Problem.Unavailable.class,
                        away -> assertThat(away.what()).isEqualTo("database"));
    }

    /** The pool trusts a connection that was used a moment ago, so each that was cut may fail once. */
    static void waitOut(Runnable work) {
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            try {
                work.run();
                return;
            } catch (Refused refused) {
                check(refused);
                assertThat(Instant.now()).isBefore(end);
            }
        }
    }
}
