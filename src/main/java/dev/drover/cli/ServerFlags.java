package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which server a command talks to: the one named, or the one that works on the data folder. */
final class ServerFlags {
    private static final String KEY = "DROVER_API_KEY";

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server (DROVER_URL; the one of the data folder).")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "The server's data folder (DROVER_DATA; ~/.drover).")
    private @Nullable String data;

    DroverClient client(Map<String, String> environment) {
        Map<String, String> flags = new LinkedHashMap<>();
        if (data != null) {
            flags.put("DROVER_DATA", data);
        }
        Path folder = Settings.folder(flags, environment);
        URI server = named(url, environment)
                .or(() -> new ServerFile(folder).find())
                .orElseThrow(() -> new ClientFailure(
                        "no server is running on %s: start one with drover serve, or name one with --url"
                                .formatted(folder)));
        return new DroverClient(server, key(folder, environment));
    }

    /** The server that a user names, if one is named. */
    static Optional<URI> named(@Nullable String flag, Map<String, String> environment) {
        return Optional.ofNullable(flag)
                .or(() -> Optional.ofNullable(environment.get("DROVER_URL")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(ServerFlags::parse);
    }

    private static URI parse(String text) {
        if (text.matches("https?://[^\\s/]+\\S*")) {
            return URI.create(text);
        }
        throw new StartFailure(
                "the server's address is '%s': expected one such as http://127.0.0.1:8000; mend --url".formatted(text)
                        + " or DROVER_URL");
    }

    /** A key that was named, else the operator's, which a server leaves in its data folder. */
    static String key(Path data, Map<String, String> environment) {
        String named = environment.getOrDefault(KEY, "").strip();
        return named.isEmpty() ? operatorKey(data.resolve("operator.key")) : named;
    }

    private static String operatorKey(Path file) {
        try {
            String key = Files.readString(file).strip();
            if (!key.isEmpty() && key.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
                return key;
            }
            throw new StartFailure(
                    "the key file %s holds no key: remove it and restart the server, or set %s".formatted(file, KEY));
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no key file %s: name the server's data folder with --data, or set %s"
                    .formatted(file, KEY));
        } catch (AccessDeniedException e) {
            throw new StartFailure(
                    "the key file %s may not be read by this user: become its owner, or set %s".formatted(file, KEY));
        } catch (IOException e) {
            throw new StartFailure(
                    "the key file %s cannot be read (%s): mend it, or set %s".formatted(file, e.getMessage(), KEY));
        }
    }
}
