package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code scenario}. */
public final class ScenarioStore {
    private final Jdbi jdbi;
    private final RecipeCodec codec;

    public ScenarioStore(Jdbi jdbi, RecipeCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    ScenarioId insert(UserId owner, Recipe recipe, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into scenario (owner_id, recipe, created_at, updated_at)
                        values (:owner, :recipe, :now, :now) returning id
                        """)
                .bind("owner", owner.value())
                .bind("recipe", codec.write(recipe).text())
                .bind("now", now)
                .map((row, context) -> new ScenarioId(row.getInt("id")))
                .one());
    }

    Optional<Scenario> find(UserId owner, ScenarioId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from scenario where id = :id and owner_id = :owner")
                        .bind("id", id.value())
                        .bind("owner", owner.value())
                        .map(this::scenario)
                        .findOne());
    }

    List<Scenario> list(UserId owner) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from scenario where owner_id = :owner order by id")
                        .bind("owner", owner.value())
                        .map(this::scenario)
                        .list());
    }

    boolean change(UserId owner, ScenarioId id, Recipe recipe, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update scenario set recipe = :recipe, updated_at = :now
                                where id = :id and owner_id = :owner
                                """)
                        .bind("id", id.value())
                        .bind("owner", owner.value())
                        .bind("recipe", codec.write(recipe).text())
                        .bind("now", now)
                        .execute())
                == 1;
    }

    boolean delete(UserId owner, ScenarioId id) {
        return jdbi.withHandle(handle ->
                        handle.execute("delete from scenario where id = ? and owner_id = ?", id.value(), owner.value()))
                == 1;
    }

    private Scenario scenario(ResultSet row, StatementContext context) throws SQLException {
        return new Scenario(
                new ScenarioId(row.getInt("id")),
                new UserId(row.getObject("owner_id", UUID.class)),
                codec.read(new Json(row.getString("recipe"))),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
