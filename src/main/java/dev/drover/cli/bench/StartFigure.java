package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the command to a healthy server, and how much memory it takes then. */
final class StartFigure implements Figure {
    private static final long SETTLE_MILLIS = 3_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        Path data = site.newFolder();
        for (int round = 0; round < site.choose(3, 1); round++) {
            data = site.newFolder();
            try (Server server = site.start(data, "bubblewrap", List.of())) {
                first.add(server.startedIn().toNanos() / 1e9);
            }
        }
        List<Double> again = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        List<Double> mapped = new ArrayList<>();
        for (int round = 0; round < site.choose(5, 3); round++) {
            try (Server server = site.start(data, "bubblewrap", List.of())) {
                again.add(server.startedIn().toNanos() / 1e9);
                Thread.sleep(SETTLE_MILLIS);
                resident.add(ProcessMemory.residentMebibytes(server.pid()));
                mapped.add(ProcessMemory.fileMebibytes(server.pid()));
            }
        }
        return List.of(
                reading(
                        "start on an existing data folder",
                        Target.atMost(1.5, "s"),
                        again,
                        "from the command to the first 200 of /health, launcher, PostgreSQL and migrations included"),
                reading(
                        "first start",
                        Target.atMost(6, "s"),
                        first,
                        "the same on no data folder: PostgreSQL is unpacked and its cluster made (the start-up cache"
                                + " is made at build time and not in it)"),
                reading(
                        "idle memory of the JVM",
                        Target.atMost(200, "MB"),
                        resident.stream().map(mebibytes -> mebibytes * 1.048576).toList(),
                        "resident set 3 s after such a start, PostgreSQL not included; %.0f MB of it are mapped files"
                                .formatted(Spread.median(mapped) * 1.048576)));
    }

    private Outcome reading(String title, Target target, List<Double> rounds, String meaning) {
        return new Outcome.Reading(name(), title, target, rounds, meaning);
    }
}
