package dev.drover.cli;

import dev.drover.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a server keeps what it keeps: the only settings that matter to what is done without one. */
final class PlaceFlags {
    private final Map<String, String> given = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "FOLDER", description = "The server's data folder (DROVER_DATA; ~/.drover).")
    void data(String value) {
        given.put("DROVER_DATA", value);
    }

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "postgresql://user:password@host:port/name (DROVER_DATABASE_URL; embedded).")
    void databaseUrl(String value) {
        given.put("DROVER_DATABASE_URL", value);
    }

    Settings read(Map<String, String> environment) {
        return Settings.read(given, environment);
    }
}
