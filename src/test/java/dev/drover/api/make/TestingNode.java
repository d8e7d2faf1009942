package dev.drover.api.make;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Make's own clients on Node, as the npm registry gives them out, and our scripts beside them. */
final class TestingNode {
    private static final Path FOLDER = Path.of("target", "stock-clients").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("@makehq/sdk@1.6.10", "@makehq/cli@1.4.0");
    private static final List<String> SCRIPTS =
            List.of("client.mjs", "transport.mjs", "patience.mjs", "over-http.mjs", "acceptance.mjs");
    private static final Path CLI = FOLDER.resolve("node_modules/@makehq/cli/dist/index.js");

    private TestingNode() {}

    /** How a program ended, and all it said. */
    record Ended(int code, String text) {}

    /** Gets the clients once for all builds in this tree; what is missing skips the test. */
    static synchronized TestingNode ready() {
        Ended version = run(Map.of(), List.of("node", "--version"), line -> {});
        boolean young = version.text().matches("v(?:[2-9]\\d|1\\d\\d)\\..*\\s*");
        assumeTrue(version.code() == 0 && young, "needs Node 20 or newer: " + version.text());
        try {
            Files.createDirectories(FOLDER);
            if (!Files.exists(FOLDER.resolve("complete"))) {
                install();
                Files.createFile(FOLDER.resolve("complete"));
            }
            for (String script : SCRIPTS) {
                copy(script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestingNode();
    }

    private static void install() throws IOException {
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\":true}");
        List<String> command = new ArrayList<>(
                List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"));
        command.addAll(PACKAGES);
        Ended ended = run(Map.of(), command, line -> {});
        assumeTrue(ended.code() == 0, "needs npm and its registry, for Make's own clients: " + ended.text());
    }

    private static void copy(String script) throws IOException {
        try (InputStream source = TestingNode.class.getResourceAsStream(script)) {
            if (source != null) {
                Files.copy(source, FOLDER.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs one of our scripts. */
    Ended script(String script, URI server, String token) {
        return script(script, server, token, line -> {});
    }

    Ended script(String script, URI server, String token, Consumer<String> lines) {
        return run(environment(server, token), List.of("node", script), lines);
    }

    /** Runs the command line client. */
    Ended cli(URI server, String token, String... words) {
        List<String> command = new ArrayList<>(
                List.of("node", "--import=" + FOLDER.resolve("over-http.mjs").toUri(), CLI.toString()));
        command.addAll(List.of(words));
        return run(environment(server, token), command, line -> {});
    }

    private static Map<String, String> environment(URI server, String token) {
        return Map.of(
                "MAKE_ZONE",
                "localhost:" + server.getPort(),
                "MAKE_API_KEY",
                token,
                "XDG_CONFIG_HOME",
                FOLDER.toString());
    }

    private static Ended run(Map<String, String> environment, List<String> command, Consumer<String> lines) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        if (Files.isDirectory(FOLDER)) {
            builder.directory(FOLDER.toFile());
        }
        builder.environment().putAll(environment);
        StringBuilder text = new StringBuilder();
        try {
            Process process = builder.start();
            // A program that hangs must not hang the build.
            Thread.ofVirtual().start(() -> endLate(process));
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.accept(line);
                    text.append(line).append('\n');
                }
            }
            return new Ended(process.waitFor(), text.toString());
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
