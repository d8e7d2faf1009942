package dev.drover.cli;

import dev.drover.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings as flags; keys and passwords have none, since everybody on the system can read a command line. */
final class SettingsFlags {
    private static final String DATA = "DROVER_DATA";

    private final Map<String, String> given = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where everything is kept (DROVER_DATA; ~/.drover).")
    void data(String value) {
        given.put(DATA, value);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "DROVER_PORT; 8000. 0 takes any free one.")
    void port(String value) {
        given.put("DROVER_PORT", value);
    }

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on (DROVER_HOST; 127.0.0.1).")
    void host(String value) {
        given.put("DROVER_HOST", value);
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "anthropic/NAME, openai/NAME, gemini/NAME, ollama/NAME or offline (DROVER_MODEL).")
    void model(String value) {
        given.put("DROVER_MODEL", value);
    }

    @Option(
            names = "--computers",
            paramLabel = "KIND",
            description = "auto, bubblewrap, or process, which isolates nothing (DROVER_COMPUTERS; auto).")
    void computers(String value) {
        given.put("DROVER_COMPUTERS", value);
    }

    @Option(names = "--plan", paramLabel = "PLAN", description = "DROVER_PLAN; unlimited.")
    void plan(String value) {
        given.put("DROVER_PLAN", value);
    }

    @Option(
            names = "--egress-allow",
            paramLabel = "LIST",
            description = "host:port or CIDR, comma-separated, to let through the guard (DROVER_EGRESS_ALLOW).")
    void egressAllow(String value) {
        given.put("DROVER_EGRESS_ALLOW", value);
    }

    @Option(names = "--public-url", paramLabel = "URL", description = "Where clients find it (DROVER_PUBLIC_URL).")
    void publicUrl(String value) {
        given.put("DROVER_PUBLIC_URL", value);
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

    /** As {@link #read}, for a server that only this command will use: on any free port unless one was asked for. */
    Settings readForOneRun(Map<String, String> environment) {
        Map<String, String> completed = new HashMap<>(environment);
        if (completed.getOrDefault("DROVER_PORT", "").isBlank()) {
            completed.put("DROVER_PORT", "0");
        }
        return Settings.read(given, completed);
    }

    /** A flag that only a server which is still to be started can heed; null when there is none. */
    @Nullable String forNewServer() {
        return given.keySet().stream()
                .filter(name -> !name.equals(DATA))
                .findFirst()
                .map(name -> "--"
                        + name.substring("DROVER_".length())
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-'))
                .orElse(null);
    }
}
