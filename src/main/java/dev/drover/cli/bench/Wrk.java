package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator of that name. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

    private final Client client;
    private final List<String> through;

    Wrk(Client client, List<String> through) {
        this.client = client;
        this.through = through;
    }

    static boolean isThere() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    }

    /** For so many seconds asks for the path as often as it can; every answer must be a success. */
    double requestsPerSecond(String path, int seconds) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(through);
        words.addAll(
                List.of("wrk", "-t1", "-c32", "-d" + seconds + "s", "-H", "Authorization: Bearer " + client.key()));
        words.add(client.server().resolve(path).toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(text);
            if (process.waitFor() != 0 || !rate.find() || text.contains("Non-2xx") || text.contains("Socket errors")) {
                throw new IOException("wrk on %s said: %s".formatted(path, text.strip()));
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            process.destroy();
        }
    }
}
