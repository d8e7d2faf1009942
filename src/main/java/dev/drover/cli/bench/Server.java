package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server as a child process, started through the launcher as a user starts it. */
final class Server implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LONGEST_STOP_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Process process;
    private final Client client;
    private final Duration startedIn;
    private final Path log;

    private Server(Process process, Client client, Duration startedIn, Path log) {
        this.process = process;
        this.client = client;
        this.startedIn = startedIn;
        this.log = log;
    }

    /** Starts and waits until it says that it is healthy. */
    static Server start(ProcessBuilder builder, Path data, Path errors) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = builder.redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            URI url = awaitHealth(process, data, errors, began);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            String key = Files.readString(data.resolve("operator.key")).strip();
            return new Server(process, new Client(url, key), took, errors);
        } catch (IOException | InterruptedException e) {
            stop(process);
            throw e;
        }
    }

    private static URI awaitHealth(Process process, Path data, Path errors, long began)
            throws IOException, InterruptedException {
        Path file = data.resolve("server.url");
        while (System.nanoTime() - began < LONGEST_START.toNanos()) {
            if (Files.exists(file)) {
                URI url = URI.create(Files.readString(file).strip());
                if (isHealthy(url)) {
                    return url;
                }
            }
            if (!process.isAlive()) {
                throw new IOException("the server did not start: " + lastLine(errors));
            }
            Thread.sleep(2);
        }
        throw new IOException("the server was not healthy after %s: %s".formatted(LONGEST_START, lastLine(errors)));
    }

    /** Also what makes this process's own client ready, so that its first use is not counted. */
    static boolean isHealthy(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private static String lastLine(Path errors) throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    Client client() {
        return client;
    }

    Duration startedIn() {
        return startedIn;
    }

    /** When its log first said so. */
    Instant logged(String words) throws IOException {
        String line = Files.readAllLines(log).stream()
                .filter(said -> said.contains(words))
                .findFirst()
                .orElseThrow(() -> new IOException("the server's log does not say '" + words + "'"));
        return Instant.parse(JSON.readTree(line).path("time").asText());
    }

    /** The launcher hands its process over to the JVM, so this is the JVM's. */
    long pid() {
        return process.pid();
    }

    /** The processor time that it, its database and all computers on it have used so far, in seconds. */
    double processorSeconds() {
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
            return all.map(ProcessHandle::info)
                    .flatMap(info -> info.totalCpuDuration().stream())
                    .mapToDouble(used -> used.toNanos() / 1e9)
                    .sum();
        }
    }

    /** Memory of their own, in MiB, that processes under the server have: its database and all computers on it. */
    double childrenMebibytes() throws IOException {
        double sum = 0;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            for (ProcessHandle child : descendants.toList()) {
                sum += ProcessMemory.ownMebibytes(child.pid());
            }
        }
        return sum;
    }

    /** What the server measures of itself: the sum over the labels of a metric. */
    double metric(String name, String label) throws IOException, InterruptedException {
        return client.text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    double heapMebibytes() throws IOException, InterruptedException {
        return metric("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
    }

    @Override
    public void close() {
        client.close();
        stop(process);
    }

    /** In order if it can, so that its database stops as well; by force, with all that came of it, if it cannot. */
    private static void stop(Process process) {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            children = descendants.toList();
        }
        process.destroy();
        // A figure that is told to give up is no reason to leave a database behind.
        boolean interrupted = Thread.interrupted();
        try {
            if (process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
