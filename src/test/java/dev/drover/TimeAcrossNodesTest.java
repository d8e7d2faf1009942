package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingProcess;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers whose machines' clocks differ agree on what is due and what is over, since they ask their database. */
final class TimeAcrossNodesTest {
    private final TestingDatabase database = TestingDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aServerGoesByTheTimeOfADatabaseThatItMayShare() {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        databaseIsADayAhead();

        try (TestingProcess server = TestingProcess.over(database, Map.of("DROVER_MODEL", "offline"))) {
            String id = server.agents().spawn("WRITE a: b");

            Instant made =
                    Instant.parse(server.agents().finished(id).get("created_at").asText());
            assertThat(made).isCloseTo(tomorrow, within(5, ChronoUnit.MINUTES));
        }
    }

    /** For connections that are made from now on: a function of that name is found before the usual one. */
    private void databaseIsADayAhead() {
        database.database().jdbi().useHandle(handle -> {
            handle.execute("""
                    create function public.clock_timestamp() returns timestamptz language sql
                    as $$ select pg_catalog.clock_timestamp() + interval '1 day' $$
                    """);
            handle.execute("""
                    do $$ begin
                        execute format('alter database %I set search_path = public, pg_catalog', current_database());
                    end $$
                    """);
        });
    }
}
