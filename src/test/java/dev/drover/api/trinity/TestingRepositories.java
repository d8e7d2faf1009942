package dev.drover.api.trinity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Repositories that git can read over plain HTTP, each at {@code owner/name}. */
final class TestingRepositories implements AutoCloseable {
    private final HttpServer server;
    private final Path folder;
    private final Set<String> credentials = ConcurrentHashMap.newKeySet();

    TestingRepositories(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String place() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What whoever asked said of himself. */
    Set<String> credentials() {
        return credentials;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String credential = exchange.getRequestHeaders().getFirst("Authorization");
            credentials.add(credential == null ? "nobody" : credential);
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A repository with one commit on a branch. */
    void make(String name, String branch, String file, String content) throws IOException, InterruptedException {
        Path source = Files.createTempDirectory(folder, "source");
        Files.writeString(source.resolve(file), content);
        git(source, "init", "-q");
        git(source, "checkout", "-q", "-b", branch);
        git(source, "add", ".");
        git(source, "-c", "user.name=test", "-c", "user.email=test@test.invalid", "commit", "-q", "-m", "First");
        Path bare = folder.resolve(name);
        Files.createDirectories(bare.resolveSibling(""));
        git(folder, "clone", "-q", "--bare", source.toString(), bare.toString());
        git(bare, "update-server-info");
    }

    static String git(Path in, String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("git " + String.join(" ", words) + ": " + said);
        }
        return said.strip();
    }

    static boolean hasGit() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
