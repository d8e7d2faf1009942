package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A thousand runs that wait for a slow model at the same moment. */
final class CrowdFigure implements Figure {
    private static final int RUNS = 1_000;
    private static final int CLIENTS = 16;
    private static final int TURNS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        StandInModel model = site.model();
        model.hold();
        try (Server server = site.server("process");
                HeapWatch watch = HeapWatch.of(server)) {
            Client client = server.client();
            long began = System.nanoTime();
            List<String> agents = Together.on(CLIENTS, RUNS, run -> client.patiently(() -> client.spawn(script(run))));
            Together.await(PATIENCE, () -> model.waiting() == RUNS, () -> model.waiting() + " runs ask the model");
            double spawned = (System.nanoTime() - began) / 1e9;
            began = System.nanoTime();
            model.goOn();
            Together.on(CLIENTS, RUNS, run -> {
                client.patiently(() -> {
                    client.finish(agents.get(run));
                    return true;
                });
                return true;
            });
            double finished = (System.nanoTime() - began) / 1e9;
            double resident = ProcessMemory.residentMebibytes(server.pid());
            return List.of(
                    atOnce(model.mostWaiting(), spawned, finished, client.repeats()),
                    heap(watch.mostMebibytes(), resident));
        } finally {
            model.goOn();
        }
    }

    private static Script script(int run) {
        return new Script("c" + run, TURNS, Script.Tool.LIST, 1_000, true);
    }

    private Outcome atOnce(int most, double spawned, double finished, int repeats) {
        return new Outcome.Reading(
                name(),
                "runs at once on a 1 s model",
                Target.atLeast(RUNS, ""),
                List.of((double) most),
                ("requests that the model had open at one moment, each of another run; all had asked after %.1f s, then"
                                + " each did %d turns of 1 s and completed, the last after %.1f s; clients had"
                                + " to repeat %d requests that were answered 503; computers: process (no isolation)")
                        .formatted(spawned, TURNS + 1, finished, repeats));
    }

    private Outcome heap(double most, double resident) {
        return new Outcome.Reading(
                name(),
                "their heap, peak",
                Target.atMost(1_024, "MiB"),
                List.of(most),
                ("largest use seen, with looks every 100 ms from the first spawn to the last end, garbage included;"
                                + " resident set of the JVM at the end %.0f MiB")
                        .formatted(resident));
    }
}
