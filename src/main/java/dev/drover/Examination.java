package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.computer.Readiness;
import dev.drover.core.health.Finding;
import dev.drover.core.health.Host;
import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbeddingFailure;
import dev.drover.provider.archive.TarFiles;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.tool.browser.BrowserTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code drover doctor} finds: model, database, computers and the isolation really in force. A server that runs is
 * examined by {@link AdminRoom}, in the same words where both look at the same thing.
 */
final class Examination {
    private static final String MEMORY = "memory";

    private Examination() {}

    static List<Finding> of(Settings settings) {
        return List.of(
                model(settings),
                database(settings),
                computers(settings),
                Host.disk(settings.data()),
                browser(),
                backups(),
                memory(settings));
    }

    static Finding model(Settings settings) {
        boolean offline = settings.model().vendor() == Vendor.OFFLINE;
        return new Finding(
                "model",
                true,
                settings.model() + (offline ? " (no model: it only follows explicit steps such as '$ date')" : ""),
                offline ? "set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or DROVER_MODEL for a real one" : "");
    }

    private static Finding database(Settings settings) {
        if (settings.databaseUrl() != null) {
            return new Finding("database", true, "PostgreSQL by DROVER_DATABASE_URL", "");
        }
        Path data = settings.data().resolve("db");
        String state = Files.exists(data) ? "in " + data : "to be made in " + data + " at the first start";
        return new Finding("database", true, "embedded PostgreSQL, " + state, "");
    }

    /** Without its model memory still works, by words: that is worth saying, and no reason to fail. */
    private static Finding memory(Settings settings) {
        MemoryChoice choice = settings.memory();
        try {
            Path scratch = Files.createTempDirectory("drover-doctor");
            try {
                Embedder embedder = choice.embedder(scratch);
                int dimensions = embedder.embed(List.of("probe")).getFirst().length;
                return byMeaning("%s, %d dimensions".formatted(embedder.model(), dimensions));
            } finally {
                delete(scratch);
            }
        } catch (EmbeddingFailure | IOException e) {
            return byWords(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Finding(MEMORY, false, "the examination was interrupted", "");
        }
    }

    /** @param how the model that tells what texts mean */
    static Finding byMeaning(String how) {
        return new Finding(MEMORY, true, "searched by words and by meaning: " + how, "");
    }

    static Finding byWords(String why) {
        return new Finding(
                MEMORY,
                true,
                "searched by words only: " + why,
                "set DROVER_EMBEDDING_MODEL=minilm, or DROVER_EMBEDDING_BASE_URL and _MODEL for an endpoint");
    }

    private static Finding computers(Settings settings) {
        try {
            Path scratch = Files.createTempDirectory("drover-doctor");
            try {
                // Agents run under uids of their own and must be able to pass.
                Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
                return computers(ComputerChoice.made(settings, new EgressProxy(), scratch)
                        .readiness());
            } finally {
                delete(scratch);
            }
        } catch (StartFailure | IOException e) {
            return new Finding("computers", false, String.valueOf(e.getMessage()), "");
        }
    }

    /** Nothing else needs it, so its lack is no failure. */
    static Finding browser() {
        return BrowserTool.installed()
                .map(program -> new Finding("browser", true, program.toString(), ""))
                .orElseGet(() -> new Finding(
                        "browser",
                        true,
                        "none: the five browser tools will say so, the others work",
                        "apt-get install chromium"));
    }

    /** The server works without. */
    static Finding backups() {
        String lack = TarFiles.lack();
        return lack == null
                ? new Finding("backups", true, "drover backup packs files by GNU tar", "")
                : new Finding("backups", true, "drover backup will fail: " + lack, "apt-get install tar");
    }

    static Finding computers(Readiness readiness) {
        var isolation = readiness.isolation();
        String facts = isolation == null
                ? ""
                : new TreeMap<>(isolation.facts())
                        .entrySet().stream()
                                .map(fact -> fact.getKey() + " " + fact.getValue())
                                .collect(Collectors.joining("; ", "\n", ""));
        return new Finding(
                "computers",
                readiness.ready(),
                readiness.kind() + ": " + readiness.summary() + facts,
                String.join("\n", readiness.remedies()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
