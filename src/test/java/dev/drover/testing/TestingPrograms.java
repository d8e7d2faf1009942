package dev.drover.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that are agents by themselves, as the npm registry gives them out; what is missing skips the test. */
public final class TestingPrograms {
    private static final Path FOLDER = Path.of("target", "agent-programs").toAbsolutePath();
    private static final List<String> PACKAGES =
            List.of("@anthropic-ai/claude-code@2.1.197", "@openai/codex@0.169.0", "@google/gemini-cli@0.61.0");

    private TestingPrograms() {}

    /** Gets them once for all builds in this tree. */
    private static synchronized void ready() throws IOException {
        if (Files.exists(FOLDER.resolve("complete"))) {
            return;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\":true}");
        run("npm install --no-audit --no-fund --ignore-scripts --fetch-retries=1 " + String.join(" ", PACKAGES)
                + " && node node_modules/@anthropic-ai/claude-code/install.cjs");
        Files.createFile(FOLDER.resolve("complete"));
    }

    /** Puts one into a home: as links, where both are on the same disk. */
    public static void install(String command, Path home) {
        String folder = switch (command) {
            case "claude" -> "@anthropic-ai";
            case "codex" -> "@openai";
            default -> "@google";
        };
        String program = switch (command) {
            case "claude" -> "claude-code/bin/claude.exe";
            case "codex" -> "codex/bin/codex.js";
            default -> "gemini-cli/bundle/gemini.js";
        };
        try {
            ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String from = FOLDER + "/node_modules/" + folder;
        run("""
                mkdir -p %1$s/node_modules %1$s/.local/bin
                cp -al %2$s %1$s/node_modules/ || cp -a %2$s %1$s/node_modules/ || exit 1
                ln -s ../../node_modules/%3$s/%4$s %1$s/.local/bin/%5$s
                """.formatted(home, from, folder, program, command));
    }

    private static void run(String script) {
        try {
            Path said = Files.createTempFile("programs", ".log");
            Process process = new ProcessBuilder("/bin/sh", "-c", script)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            assumeTrue(
                    ended && process.exitValue() == 0,
                    () -> "needs Node, npm and its registry, for Claude Code, Codex and Gemini CLI: " + text(said));
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
