package dev.drover.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the text/event-stream format (WHATWG HTML, section 9.2) as far as our events need it. */
final class ServerSentEvents {
    private final BufferedReader lines;
    private @Nullable Long retryMillis;

    ServerSentEvents(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The data of the next whole event; empty at the end, where half an event is thrown away. */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(data.substring(1));
            }
            String value = line.substring(Math.min(line.length(), line.indexOf(':') + 1));
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (line.startsWith("data:")) {
                data.append('\n').append(value);
            } else if (line.startsWith("retry:") && value.matches("\\d{1,9}")) {
                retryMillis = Long.valueOf(value);
            }
        }
        return Optional.empty();
    }

    /** How long the server asks to wait before the next attempt; null when it did not say. */
    @Nullable Long retryMillis() {
        return retryMillis;
    }
}
