package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private final TestingDatabase testing = TestingDatabase.create();

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void beatsWhileTheDatabaseAnswers() {
        assertThat(new Pulse(testing.database()).beats()).isTrue();
    }

    @Test
    void isGoneWhileTheDatabaseIsAwayAndComesBack() {
        Pulse pulse = new Pulse(testing.database());
        testing.goAway();
        assertThat(pulse.beats()).isFalse();
        testing.comeBack();
        assertThat(awaited(pulse::beats)).isTrue();
    }

    @Test
    void askedByManyWhileTheDatabaseHangsItKeepsNobodyWaiting() throws Exception {
        try (PostgresDatabase narrow = new PostgresDatabase(testing.address(), 1);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Pulse pulse = new Pulse(narrow);
            Callable<Boolean> question = pulse::beats;
            long began = System.nanoTime();
            List<Future<Boolean>> answers = narrow.jdbi().withHandle(taken -> {
                List<Future<Boolean>> asked = many.invokeAll(java.util.Collections.nCopies(2_000, question));
                assertThat(pulse.beats()).as("with the one connection taken").isFalse();
                return asked;
            });
            assertThat(answers).hasSize(2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(awaited(pulse::beats)).isTrue();
        }
    }

    @Test
    void doesNotAskAgainWithinASecond() {
        Pulse pulse = new Pulse(testing.database());
        pulse.beats();
        long asked = questions();
        long began = System.nanoTime();
        int answers = 0;
        while (System.nanoTime() - began < Duration.ofMillis(500).toNanos()) {
            assertThat(pulse.beats()).isTrue();
            answers++;
        }
        assertThat(answers).isGreaterThan(100);
        assertThat(questions() - asked).isLessThan(10);
    }

    /** Statements that ended in this database, as its statistics count them, this one's own included. */
    private long questions() {
        return testing.database().jdbi().withHandle(handle -> {
            handle.execute("select pg_stat_force_next_flush()");
            return handle.createQuery("select xact_commit from pg_stat_database where datname = current_database()")
                    .mapTo(Long.class)
                    .one();
        });
    }

    private static boolean awaited(Callable<Boolean> question) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try {
            while (!question.call()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(20);
            }
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
