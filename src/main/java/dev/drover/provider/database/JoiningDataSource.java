package dev.drover.provider.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Hands out the connection of the transaction that the current thread is in, and one of the pool outside of any. */
final class JoiningDataSource implements DataSource {
    private final ScopedValue<Connection> current = ScopedValue.newInstance();
    private final DataSource pool;
    private final Queue queue;

    /** @param connections how many the pool has */
    JoiningDataSource(DataSource pool, int connections) {
        this.pool = pool;
        this.queue = new Queue(connections);
    }

    boolean isBound() {
        return current.isBound();
    }

    <T> T bound(Connection connection, Supplier<T> work) {
        return ScopedValue.where(current, connection).call(work::get);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (current.isBound()) {
            return unclosable(current.get());
        }
        try {
            return queue.served(pool::getConnection);
        } catch (SQLException e) {
            if (Outage.is(e)) {
                Outage.log(e);
            }
            throw e;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("there is one user, the pool's");
    }

    /** The borrower closes what it got, and the transaction still needs it. */
    private static Connection unclosable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                JoiningDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        pool.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(JoiningDataSource.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
