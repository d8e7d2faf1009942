package dev.drover.cli.bench;

import dev.drover.core.run.RunLogTrial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast events reach the disk. */
final class AppendFigure implements Figure {
    private static final int RUNS = 64;

    @Override
    public String name() {
        return "append";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        List<Double> waits = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Double> halves = new ArrayList<>();
        try (Laboratory.OpenLog log = site.with(site.laboratory().openLog(site.newFolder()))) {
            log.trial().append(RUNS, Duration.ofSeconds(site.choose(4, 3)));
            for (int round = 0; round < site.choose(3, 2); round++) {
                RunLogTrial.Outcome outcome = log.trial().append(RUNS, Duration.ofSeconds(site.choose(4, 2)));
                Spread spread = Spread.of(outcome.waits());
                waits.add(spread.at(0.99));
                halves.add(spread.at(0.5));
                rates.add(outcome.events() / (outcome.time().toNanos() / 1e9));
            }
        }
        return List.of(
                new Outcome.Reading(
                        name(),
                        "event append, p99",
                        Target.atMost(10, "ms"),
                        waits,
                        "64 runs at once on the real log and an embedded database, each as fast as its appends are"
                                + " on disk: a turn is 8 events in 7 appends, of which two wait (reply with intent;"
                                + " result);"
                                + " p50 %.1f ms".formatted(Spread.median(halves))),
                new Outcome.Reading(name(), "events stored", Target.atLeast(5_000, "/s"), rates, "in the same trial"));
    }
}
