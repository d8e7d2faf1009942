package dev.drover.chaos;

import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of a round, which is the harness's own when there are three servers: killed, and looked into. */
final class ChaosDatabase implements AutoCloseable {
    private static final int PORT_LINE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final @Nullable DataFolder held;
    private final @Nullable EmbeddedPostgres postgres;

    private ChaosDatabase(Path folder, @Nullable DataFolder held, @Nullable EmbeddedPostgres postgres) {
        this.folder = folder;
        this.held = held;
        this.postgres = postgres;
    }

    /** One that is started here, and started again whenever it dies. */
    static ChaosDatabase own(Path folder) {
        DataFolder held = DataFolder.open(folder);
        return new ChaosDatabase(folder, held, EmbeddedPostgres.start(held));
    }

    /** The one that a server brings. */
    static ChaosDatabase of(Path data) {
        return new ChaosDatabase(data, null, null);
    }

    /** Where it listens; empty while it does not run. */
    Optional<Integer> port() {
        return line(PORT_LINE).map(Integer::parseInt);
    }

    String settingsUrl(int port) {
        return "postgresql://drover:%s@127.0.0.1:%d/drover".formatted(password(), port);
    }

    /** Whether there was one to kill. */
    boolean kill(String signal) {
        return line(0).map(pid -> Disk.run("kill", "-" + signal, pid)).orElse(false);
    }

    /**
     * By a way of its own, which nothing disturbs but the death of the database; as the superuser, for whom there is a
     * connection left when servers have taken all others.
     */
    Jdbi look() {
        int port = port().orElseThrow(() -> new IllegalStateException("the database does not run"));
        return Jdbi.create("jdbc:postgresql://127.0.0.1:%d/drover".formatted(port), "postgres", password());
    }

    /** Where the server answers that works on a task; empty when none does. */
    Optional<Integer> portOfHolder(String task) {
        return look().withHandle(handle -> handle.createQuery(
                                "select n.url from run r join node n on n.id = r.node_id where r.task = ?")
                        .bind(0, task)
                        .mapTo(String.class)
                        .findFirst())
                .map(url -> URI.create(url).getPort());
    }

    /** Asked again while it is down, or has given all its connections away. */
    <T> T ask(Function<Handle, T> question) {
        return Waiting.until(PATIENCE, () -> {
            try {
                return Optional.of(look().withHandle(question::apply));
            } catch (JdbiException | IllegalStateException away) {
                return Optional.empty();
            }
        });
    }

    private String password() {
        try {
            return Files.readString(folder.resolve("database.password")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the database does not run", e);
        }
    }

    private Optional<String> line(int number) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("db/postmaster.pid"));
            return lines.size() > number ? Optional.of(lines.get(number).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
        if (held != null) {
            held.close();
        }
    }
}
