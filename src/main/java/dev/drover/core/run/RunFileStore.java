package dev.drover.core.run;

import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code run_file}: what lies in workspaces at the start, as long as it may be needed. */
public final class RunFileStore {
    private final Jdbi jdbi;

    public RunFileStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(RunId run, List<RunFile> files) {
        if (files.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into run_file (run_id, ordinal, path, bytes, artifact_id)
                    values (:run, :ordinal, :path, cast(:bytes as bytea), cast(:artifact as uuid))
                    """);
            for (int i = 0; i < files.size(); i++) {
                RunFile.Source source = files.get(i).source();
                batch.bind("run", run.value())
                        .bind("ordinal", i)
                        .bind("path", files.get(i).path())
                        .bind("bytes", source instanceof RunFile.Source.Given given ? given.bytes() : null)
                        .bind(
                                "artifact",
                                source instanceof RunFile.Source.Kept kept
                                        ? kept.artifact().value()
                                        : null)
                        .add();
            }
            batch.execute();
        });
    }

    /** In the order given. */
    List<RunFile> of(RunId run) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from run_file where run_id = :run order by ordinal")
                        .bind("run", run.value())
                        .map(RunFileStore::file)
                        .list());
    }

    private static RunFile file(ResultSet row, StatementContext context) throws SQLException {
        UUID artifact = row.getObject("artifact_id", UUID.class);
        RunFile.Source source = artifact == null
                ? new RunFile.Source.Given(row.getBytes("bytes"))
                : new RunFile.Source.Kept(new ArtifactId(artifact));
        return new RunFile(row.getString("path"), source);
    }
}
