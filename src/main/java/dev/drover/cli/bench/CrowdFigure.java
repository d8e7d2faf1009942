package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A thousand runs that wait for a slow model at the same moment, and what they and their agents take. */
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
    public Duration longest() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        StandInModel model = site.model();
        model.hold();
        try (Server server = site.server("process");
                HeapWatch watch = HeapWatch.of(server)) {
            Client client = server.client();
            client.finish(client.spawn(Site.script("d" + RUNS, 1, Script.Tool.LIST)));
            ServerMemory before = ServerMemory.of(server);
            long began = System.nanoTime();
            List<String> agents = Together.on(CLIENTS, RUNS, run -> client.patiently(() -> client.spawn(script(run))));
            Together.await(PATIENCE, () -> model.waiting() == RUNS, () -> model.waiting() + " runs ask the model");
            double spawned = (System.nanoTime() - began) / 1e9;
            ServerMemory with = ServerMemory.of(server);
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
            ServerMemory after = ServerMemory.of(server);
            return List.of(
                    atOnce(model.mostWaiting(), spawned, finished, client.repeats()),
                    heap(watch.mostMebibytes(), resident),
                    each("heap per live run", with.heapOfEach(before, RUNS), "while it waits for the model"),
                    each("heap per idle agent", after.heapOfEach(before, RUNS), "when all of these runs are over"));
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
                "%,d runs at once on a 1 s model".formatted(RUNS),
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
                "their heap, peak (%,d)".formatted(RUNS),
                Target.atMost(1_024, "MiB"),
                List.of(most),
                ("largest use seen, with looks every 100 ms from the first spawn to the last end, garbage included;"
                                + " resident set of the JVM at the end %.0f MiB")
                        .formatted(resident));
    }

    private Outcome each(String title, double kibibytes, String when) {
        return new Outcome.Reading(
                name(),
                title + " (%,d)".formatted(RUNS),
                Target.none("KiB"),
                List.of(kibibytes),
                "live objects after a collection " + when + ", less those before the first spawn, by their number");
    }
}
