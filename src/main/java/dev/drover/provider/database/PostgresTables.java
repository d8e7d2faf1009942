package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import dev.drover.core.backup.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;

/** The tables of one PostgreSQL, read in one transaction over a connection of its own. */
public final class PostgresTables implements Tables {
    private final DatabaseAddress address;

    public PostgresTables(DatabaseAddress address) {
        this.address = address;
    }

    /** The tables are held against changes of the schema before the moment is taken, so that all of them are of it. */
    @Override
    public Moment moment() {
        TableConnection connection = TableConnection.open(address);
        try {
            List<String> tables = connection.tables();
            if (!tables.remove(TableConnection.HISTORY)) {
                throw new StartFailure(
                        "the database %s holds nothing of Drover: there is nothing to back up".formatted(address));
            }
            connection.execute("begin transaction isolation level repeatable read read only");
            connection.execute("lock table %s in access share mode"
                    .formatted(String.join(
                            ", ", tables.stream().map(TableConnection::quoted).toList())));
            return new Snapshot(connection, tables, connection.schema());
        } catch (SQLException e) {
            connection.close();
            throw new StartFailure("the database %s cannot be read: %s".formatted(address, e.getMessage()), e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private record Snapshot(TableConnection connection, List<String> names, String schema) implements Moment {
        @Override
        public long copy(String table, OutputStream out) throws IOException {
            return connection.copyOut(
                    "copy (table %s) to stdout with (header)".formatted(TableConnection.quoted(table)), out);
        }

        @Override
        public SortedMap<String, Long> sequences() {
            return connection.sequences();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
