package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A connection over which whole tables go; it may take as long as it takes. */
final class TableConnection implements AutoCloseable {
    static final String HISTORY = "flyway_schema_history";
    private static final String OURS =
            " c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema() ";

    private final Connection connection;

    private TableConnection(Connection connection) {
        this.connection = connection;
    }

    static TableConnection open(DatabaseAddress address) {
        try {
            Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
            TableConnection opened = new TableConnection(connection);
            opened.execute("set application_name = 'drover-backup'");
            opened.execute("set statement_timeout = 0");
            opened.execute("set idle_in_transaction_session_timeout = 0");
            return opened;
        } catch (SQLException e) {
            throw new StartFailure("cannot open the database %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of the schema that this user works in, by name; a list of the caller's own. */
    List<String> tables() throws SQLException {
        return texts("select c.relname from pg_class" + OURS
                + "where c.relkind in ('r', 'p') and not c.relispartition order by c.relname");
    }

    /** Those on which an insert would set off more than a check. */
    List<String> tablesWithTriggers() throws SQLException {
        return texts("select c.relname from pg_class" + OURS
                + "where exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)");
    }

    /** What a table refers to, as pairs of both, one behind the other. */
    List<String> references() throws SQLException {
        return texts("""
                select unnest(array[c.relname::text, o.relname::text]) from pg_constraint f
                    join pg_class c on c.oid = f.conrelid join pg_class o on o.oid = f.confrelid
                    join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
                where f.contype = 'f' and f.conrelid <> f.confrelid
                """);
    }

    /** The version of the schema, as migrations count it. */
    String schema() throws SQLException {
        return texts("select version from flyway_schema_history where success and version is not null"
                        + " order by installed_rank desc limit 1")
                .getFirst();
    }

    SortedMap<String, Long> sequences() {
        SortedMap<String, Long> values = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sequencename, last_value from pg_sequences"
                        + " where schemaname = current_schema() and last_value is not null")) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getLong(2));
            }
            return values;
        } catch (SQLException e) {
            throw new StartFailure("the sequences cannot be read: " + e.getMessage(), e);
        }
    }

    void setSequences(Map<String, Long> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select setval(quote_ident(?)::regclass, ?)")) {
            for (Map.Entry<String, Long> each : values.entrySet()) {
                statement.setString(1, each.getKey());
                statement.setLong(2, each.getValue());
                statement.execute();
            }
        }
    }

    long copyOut(String sql, OutputStream out) throws IOException {
        try {
            return manager().copyOut(sql, out);
        } catch (SQLException e) {
            throw new IOException("the database broke off: " + e.getMessage(), e);
        }
    }

    long copyIn(String sql, InputStream rows) throws IOException, SQLException {
        return manager().copyIn(sql, rows);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a connection", e);
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private CopyManager manager() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
