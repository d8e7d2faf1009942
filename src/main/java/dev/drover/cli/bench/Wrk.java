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
    private static final int USUAL_CONNECTIONS = 32;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern SLOWEST = Pattern.compile("p95 of it (\\d+) us");

    /** What wrk itself does not print. */
    private static final String SAY_P95 = """
            done = function(all, latency) print(string.format('p95 of it %d us', latency:percentile(95))) end
            """;

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
        return ask(path, seconds, USUAL_CONNECTIONS, List.of()).perSecond();
    }

    /** How many answers came, and how long 95 of 100 took at most. */
    record Rate(double perSecond, double p95Millis) {}

    /** The same with so many callers. */
    Rate rate(String path, int seconds, int callers) throws IOException, InterruptedException {
        Path script = Files.createTempFile("drover-bench-", ".lua");
        try {
            Files.writeString(script, SAY_P95);
            return ask(path, seconds, callers, List.of("-s", script.toString()));
        } finally {
            Files.delete(script);
        }
    }

    private Rate ask(String path, int seconds, int callers, List<String> more)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(through);
        words.addAll(List.of("wrk", "-t1", "-c" + callers, "-d" + seconds + "s"));
        words.addAll(more);
        words.addAll(List.of("-H", "Authorization: Bearer " + client.key()));
        words.add(client.server().resolve(path).toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(text);
            if (process.waitFor() != 0 || !rate.find() || text.contains("Non-2xx") || text.contains("Socket errors")) {
                throw new IOException("wrk on %s said: %s".formatted(path, text.strip()));
            }
            Matcher slowest = SLOWEST.matcher(text);
            double p95 = slowest.find() ? Double.parseDouble(slowest.group(1)) / 1_000 : 0;
            return new Rate(Double.parseDouble(rate.group(1)), p95);
        } finally {
            process.destroy();
        }
    }
}
