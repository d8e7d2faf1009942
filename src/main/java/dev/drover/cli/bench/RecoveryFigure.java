package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How soon a run goes on whose server was killed, by the length of its log. */
final class RecoveryFigure implements Figure {
    private static final int TURNS = 990;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        List<Double> each = new ArrayList<>();
        List<Double> shorts = new ArrayList<>();
        List<Double> longs = new ArrayList<>();
        for (int round = 0; round < site.choose(4, 2); round++) {
            Recovered little = recovered(site, "g" + round, 1);
            Recovered much = recovered(site, "h" + round, TURNS);
            shorts.add(little.millis());
            longs.add(much.millis());
            each.add(Math.max(0, much.millis() - little.millis()) / (much.events() - little.events()) * 1_000);
        }
        return List.of(
                new Outcome.Reading(
                        name(),
                        "recovery per 1,000 events",
                        Target.atMost(60, "ms"),
                        each,
                        ("a server is killed and another started on its data: from the moment in which that one takes"
                                        + " the run up until the model has its request for the next step, %.0f ms"
                                        + " after %d turns of 8 events, less the same after one turn")
                                .formatted(Spread.median(longs), TURNS)),
                new Outcome.Reading(
                        name(),
                        "recovery of a short run",
                        Target.none("ms"),
                        shorts,
                        "the same after one turn: most of it is that the server has just been started"));
    }

    /** How long it took, and how long the log was. */
    private record Recovered(double millis, double events) {}

    private static Recovered recovered(Site site, String run, int turns) throws IOException, InterruptedException {
        Path data = site.newFolder();
        long events;
        try (Laboratory.OpenLog log = site.with(site.laboratory().openLog(data))) {
            events = log.trial().leave(Site.script(run, turns, Script.Tool.LIST).task(), turns);
        }
        try (Server server = site.start(data, "process", List.of())) {
            StandInModel model = site.model();
            Together.await(
                    PATIENCE, () -> !model.turns(run).isEmpty(), () -> "a server that asked no model for the run");
            long ago = System.nanoTime() - model.turns(run).getFirst().arrived();
            Instant asked = Instant.now().minusNanos(ago);
            return new Recovered(
                    Duration.between(server.logged("is taken up again"), asked).toNanos() / 1e6, events);
        }
    }
}
