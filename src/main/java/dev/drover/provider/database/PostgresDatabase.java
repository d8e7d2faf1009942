package dev.drover.provider.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.drover.core.StartFailure;
import dev.drover.core.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * One PostgreSQL through a pool of connections. Inside {@link #call} everything on the same thread shares one
 * transaction: what goes through {@link #jdbi()} as well as what goes through {@link #joining()}.
 */
public final class PostgresDatabase implements Transactions, AutoCloseable {
    private static final int CONNECTIONS = 20;
    private static final int IDLE_CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ScopedValue<List<Runnable>> afterwards = ScopedValue.newInstance();
    private final HikariDataSource pool;
    private final JoiningDataSource joining;
    private final Jdbi jdbi;

    public PostgresDatabase(DatabaseAddress address) {
        this(address, CONNECTIONS);
    }

    /** With at most that many connections at a time. */
    public PostgresDatabase(DatabaseAddress address, int connections) {
        LibraryLogs.quiet();
        this.pool = pool(address, connections);
        this.joining = new JoiningDataSource(pool, connections);
        this.jdbi = Jdbi.create(() -> {
            try {
                return joining.getConnection();
            } catch (SQLException e) {
                if (Outage.is(e)) {
                    throw Outage.refusal();
                }
                throw e;
            }
        });
        jdbi.setHandleCallbackDecorator(new Outage());
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(PostgresDatabase::withoutArguments);
    }

    /** Where stores open their handles; inside {@link #call} they get the one of the transaction. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** For libraries that want a data source but must take part in the transaction of the current thread. */
    public DataSource joining() {
        return joining;
    }

    /** How the pool of connections is used. */
    HikariPoolMXBean use() {
        return pool.getHikariPoolMXBean();
    }

    @Override
    public <T> T call(Supplier<T> work) {
        if (joining.isBound()) {
            return work.get();
        }
        List<Runnable> later = new ArrayList<>();
        T result = jdbi.inTransaction(
                handle -> ScopedValue.where(afterwards, later).call(() -> joining.bound(handle.getConnection(), work)));
        later.forEach(Runnable::run);
        return result;
    }

    @Override
    public void afterwards(Runnable work) {
        if (joining.isBound()) {
            afterwards.get().add(work);
        } else {
            work.run();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Failures end up in logs, and arguments are what people wrote, or secrets. */
    private static String withoutArguments(StatementException failure) {
        StatementContext context = failure.getStatementContext();
        return "%s [statement: %s]"
                .formatted(failure.getShortMessage(), context == null ? "unknown" : context.getRenderedSql());
    }

    private static HikariDataSource pool(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, IDLE_CONNECTIONS));
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(PATIENCE.toMillis());
        // The driver passes over what is not text.
        config.addDataSourceProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "drover");
        // Details of an error quote the row.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // A server that froze in the middle of a transaction must not keep the rows of others locked.
        config.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=30s");
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartFailure("cannot open the database %s: %s".formatted(address, cause.getMessage()), e);
        }
    }
}
