package dev.drover.provider.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the embedded PostgreSQL is set; on its command line, where they win over any file and can be compared. */
final class PostgresSettings {
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "wal_compression=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "superuser_reserved_connections=3",
            "shared_buffers=128MB",
            "max_wal_size=2GB",
            // Until a table has been looked at, plans take it for empty: a young server is not to be slow for a minute.
            "autovacuum_naptime=15s",
            // Small transactions on a small machine: helpers that wait for big ones only cost memory.
            "jit=off",
            "io_method=sync",
            "max_logical_replication_workers=0",
            "log_checkpoints=off",
            // Details of an error quote the row, and rows may hold what nobody should read in a log.
            "log_error_verbosity=terse",
            "log_timezone=UTC",
            "timezone=UTC");

    private PostgresSettings() {}

    static List<String> words(Path postgres, Path data, int port) {
        List<String> words =
                new ArrayList<>(List.of(postgres.toString(), "-D", data.toString(), "-p", String.valueOf(port)));
        SETTINGS.forEach(setting -> words.addAll(List.of("-c", setting)));
        return words;
    }
}
