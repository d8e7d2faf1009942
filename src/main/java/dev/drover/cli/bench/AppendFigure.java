package dev.drover.cli.bench;

import dev.drover.core.run.RunLogTrial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast events reach the disk. */
final class AppendFigure implements Figure {
    private static final int RUNS = 64;
    private static final int PACE = 5_000;

    @Override
    public String name() {
        return "append";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        List<Double> paced = new ArrayList<>();
        List<Double> pacedHalves = new ArrayList<>();
        List<Double> unpaced = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Double> flushes = new ArrayList<>();
        Duration time = Duration.ofSeconds(site.choose(4, 2));
        try (Laboratory.OpenLog log = site.with(site.laboratory().openLog(site.newFolder()))) {
            flushes.addAll(DiskFlush.millis(site.newFolder()));
            log.trial().append(RUNS, Duration.ofSeconds(3), 0); // compiled before it is timed
            for (int round = 0; round < site.choose(3, 2); round++) {
                RunLogTrial.Outcome atPace = log.trial().append(RUNS, time, PACE);
                paced.add(Spread.of(atPace.waits()).at(0.99));
                pacedHalves.add(Spread.median(atPace.waits()));
                RunLogTrial.Outcome atMost = log.trial().append(RUNS, time, 0);
                unpaced.add(Spread.of(atMost.waits()).at(0.99));
                rates.add(atMost.events() / (atMost.time().toNanos() / 1e9));
            }
        }
        return List.of(
                reading(
                        "one flush of this disk, p50",
                        Target.none("ms"),
                        List.of(Spread.median(flushes)),
                        "fdatasync of 8 KiB in a file by itself, %d times: what every commit waits for at least"
                                .formatted(flushes.size())),
                reading(
                        "event append, p99",
                        Target.atMost(10, "ms"),
                        paced,
                        ("64 runs at once store 5,000 events a second through the real log into an embedded database;"
                                        + " a turn is 8 events in 7 appends, of which two wait for the disk (reply with"
                                        + " intent; result) and are timed; p50 %.1f ms")
                                .formatted(Spread.median(pacedHalves))),
                reading(
                        "events stored",
                        Target.atLeast(PACE, "/s"),
                        rates,
                        "the same 64 runs, each as fast as its appends are on disk; p99 is %.1f ms then"
                                .formatted(Spread.median(unpaced))));
    }

    private Outcome reading(String title, Target target, List<Double> rounds, String meaning) {
        return new Outcome.Reading(name(), title, target, rounds, meaning);
    }
}
