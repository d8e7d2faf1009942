package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.testing.TestingDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private final PostgresDatabase database = testing.database();

    @AfterEach
    void drop() {
        testing.close();
    }

    @Test
    void recogniseADatabaseThatHasThemAll() {
        assertThat(Migrations.isCurrent(database)).isTrue();
    }

    @Test
    void missTheOneThatIsNotApplied() {
        database.jdbi().useHandle(handle -> handle.execute("""
                delete from flyway_schema_history
                where installed_rank = (select max(installed_rank) from flyway_schema_history)
                """));

        assertThat(Migrations.isCurrent(database)).isFalse();
    }

    @Test
    void missTheOneThatWasAltered() {
        database.jdbi().useHandle(handle -> handle.execute("update flyway_schema_history set checksum = checksum + 1"));

        assertThat(Migrations.isCurrent(database)).isFalse();
    }

    @Test
    void needNewEnoughADatabase() {
        assertThatThrownBy(() -> Migrations.refuseOld(14))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PostgreSQL 14")
                .hasMessageContaining("15 or later");
    }

    @Test
    void fillADatabaseThatHasNone() {
        database.jdbi().useHandle(handle -> {
            handle.execute("drop schema public cascade");
            handle.execute("create schema public");
        });
        assertThat(Migrations.isCurrent(database)).isFalse();

        Migrations.run(database);

        assertThat(Migrations.isCurrent(database)).isTrue();
    }
}
