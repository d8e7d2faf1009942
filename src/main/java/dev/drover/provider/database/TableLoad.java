package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.backup.BackupPart;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Fills an empty database with the tables of a backup; the owner of the database may do all that it takes. */
public final class TableLoad {
    private final DatabaseAddress address;

    public TableLoad(DatabaseAddress address) {
        this.address = address;
    }

    /** Refuses a database that holds tables, whoever made them. */
    public void requireEmpty() {
        try (TableConnection connection = TableConnection.open(address)) {
            List<String> found = connection.tables();
            if (!found.isEmpty()) {
                throw new StartFailure(
                        ("the database %s is not empty, it has %d tables such as %s: make a new one (create database) "
                                        + "and name that")
                                .formatted(address, found.size(), found.getFirst()));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Makes the schema that the backup is of, and fills it in one transaction: all is there, or nothing. */
    public void load(BackupFile backup) {
        try (PostgresDatabase database = new PostgresDatabase(address, 2)) {
            Migrations.runTo(database, backup.manifest().schema());
        }
        try (TableConnection connection = TableConnection.open(address)) {
            connection.execute("begin");
            List<String> disturbing = connection.tablesWithTriggers();
            each(connection, disturbing, "disable");
            fill(connection, backup);
            each(connection, disturbing, "enable");
            connection.setSequences(backup.sequences());
            connection.execute("commit");
            connection.execute("analyze");
        } catch (SQLException | IOException e) {
            throw failed(e);
        }
    }

    /** What a trigger made of a row is in the backup already. */
    private static void each(TableConnection connection, List<String> tables, String how) throws SQLException {
        for (String table : tables) {
            connection.execute("alter table %s %s trigger user".formatted(TableConnection.quoted(table), how));
        }
    }

    private static void fill(TableConnection connection, BackupFile backup) throws SQLException, IOException {
        Map<String, BackupPart> parts =
                backup.manifest().tables().stream().collect(Collectors.toMap(BackupPart::table, Function.identity()));
        List<String> tables = connection.tables();
        tables.retainAll(parts.keySet());
        if (tables.size() < parts.size()) {
            List<String> unknown = new ArrayList<>(parts.keySet());
            unknown.removeAll(tables);
            throw new IOException(
                    "its schema %s has no table %s".formatted(backup.manifest().schema(), unknown.getFirst()));
        }
        for (String table : inOrder(tables, connection.references())) {
            BackupPart part = Objects.requireNonNull(parts.get(table));
            try (InputStream rows = backup.rows(part)) {
                long copied = connection.copyIn(
                        "copy %s from stdin with (header match)".formatted(TableConnection.quoted(table)), rows);
                if (copied != part.rows()) {
                    throw new IOException("%s has %d rows, and %d of them came".formatted(table, part.rows(), copied));
                }
            }
        }
    }

    /** Each behind all that it refers to. */
    static List<String> inOrder(List<String> tables, List<String> references) {
        Map<String, List<String>> waitsFor = new HashMap<>();
        for (int i = 0; i < references.size(); i += 2) {
            waitsFor.computeIfAbsent(references.get(i), _ -> new ArrayList<>()).add(references.get(i + 1));
        }
        List<String> left = new ArrayList<>(tables);
        List<String> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(table ->
                            waitsFor.getOrDefault(table, List.of()).stream().noneMatch(left::contains))
                    .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("these tables refer to each other in a circle: " + left);
            }
            ordered.addAll(free);
            left.removeAll(free);
        }
        return ordered;
    }

    private StartFailure failed(Exception e) {
        return new StartFailure("the database %s could not be filled: %s".formatted(address, e.getMessage()), e);
    }
}
