package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.LogFilling;
import dev.drover.core.run.RunLogTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a database full of events costs those who read and append: the same figures at few events and at many. */
final class SizeFigure implements Figure {
    private static final long FEW = 10_000;
    private static final long MANY = 10_000_000;
    private static final int FEW_TURNS = 500;
    private static final int MANY_TURNS = 12_500;
    private static final int STEPS_OF_A_TURN = 3;
    private static final long BYTES_NEEDED = 14L << 30;
    private static final double WORST = 1.5;
    private static final int RUNS = 64;
    private static final int PACE = 2_000;
    private static final int ROUNDS = 5;
    private static final int ASKED = 200;
    private static final int WARMING = 800;
    private static final long EVENTS_OF_A_TURN = 8;

    @Override
    public String name() {
        return "size";
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(20);
    }

    @Override
    public boolean isForThePatient() {
        return true;
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Path data = site.newFolder();
        long room = Files.getFileStore(data.getParent()).getUsableSpace();
        if (room < BYTES_NEEDED) {
            return List.of(new Outcome.Missing(
                    name(),
                    "it needs %d GiB of disk below %s, where %d are free: set TMPDIR"
                            .formatted(BYTES_NEEDED >> 30, data.getParent(), room >> 30)));
        }
        Filled few = filled(site, data, FEW, FEW_TURNS);
        Filled many = filled(site, site.newFolder(), MANY, MANY_TURNS);
        List<Outcome> outcomes = new ArrayList<>(asked(site, few, many));
        outcomes.add(appended(site, few, many));
        return outcomes;
    }

    /** A data folder with events in it, and where its long run and an ordinary one are. */
    private record Filled(Path data, AgentId longest, AgentId newest, double mebibytes, double seconds) {}

    private Filled filled(Site site, Path data, long events, int turns) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (Laboratory.OpenLog log = site.with(site.laboratory().openLog(data))) {
            LogFilling filling = log.trial().filling();
            AgentId longest = filling.fillOne(turns);
            AgentId newest = filling.fill(events - turns * EVENTS_OF_A_TURN).getLast();
            double mebibytes = filling.settle();
            return new Filled(data, longest, newest, mebibytes, (System.nanoTime() - began) / 1e9);
        }
    }

    /** In turns, so that whatever else the machine does falls on both. */
    private List<Outcome> asked(Site site, Filled few, Filled many) throws IOException, InterruptedException {
        try (Server little = site.start(few.data(), "process", List.of());
                Server big = site.start(many.data(), "process", List.of())) {
            Map<String, String> littlePaths = paths(little.client(), few, FEW_TURNS);
            Map<String, String> bigPaths = paths(big.client(), many, MANY_TURNS);
            List<Outcome> outcomes = new ArrayList<>();
            for (String title : littlePaths.keySet()) {
                String littlePath = littlePaths.get(title);
                String bigPath = bigPaths.get(title);
                if (littlePath == null || bigPath == null) {
                    throw new IllegalStateException("both are asked for the same");
                }
                round(little.client(), littlePath, WARMING);
                round(big.client(), bigPath, WARMING);
                List<Double> littleTimes = new ArrayList<>();
                List<Double> bigTimes = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    littleTimes.add(round(little.client(), littlePath, ASKED));
                    bigTimes.add(round(big.client(), bigPath, ASKED));
                }
                outcomes.add(compared(
                        title, littleTimes, bigTimes, "one request at a time, medians of %d".formatted(ASKED)));
            }
            return outcomes;
        }
    }

    private Outcome appended(Site site, Filled few, Filled many) throws IOException, InterruptedException {
        // Opened anew: what was filled in is on disk by then and no longer on its way there.
        try (Laboratory.OpenLog little = site.with(site.laboratory().openLog(few.data()));
                Laboratory.OpenLog big = site.with(site.laboratory().openLog(many.data()))) {
            little.trial().append(RUNS, Duration.ofSeconds(3), 0); // compiled before it is timed
            big.trial().append(RUNS, Duration.ofSeconds(3), 0);
            List<Double> littleTimes = new ArrayList<>();
            List<Double> bigTimes = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                littleTimes.add(slowest(little.trial()));
                bigTimes.add(slowest(big.trial()));
            }
            return compared(
                    "append, p99",
                    littleTimes,
                    bigTimes,
                    "64 runs at once store %,d events a second; %,.0f MiB of events, made in %.0f s"
                            .formatted(PACE, many.mebibytes(), many.seconds()));
        }
    }

    private static double slowest(RunLogTrial trial) throws InterruptedException {
        return Spread.of(trial.append(RUNS, Duration.ofSeconds(3), PACE).waits())
                .at(0.99);
    }

    private static Map<String, String> paths(Client client, Filled filled, int turns)
            throws IOException, InterruptedException {
        String log = "/api/v1/agents/" + filled.longest() + "/logs?limit=100";
        JsonNode last = client.get(log + "&order=desc").path("data").path(0);
        long steps = last.path("seq").asLong();
        if (steps < (long) turns * STEPS_OF_A_TURN) {
            throw new IOException("the long run has only %d steps".formatted(steps));
        }
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("list of 20", "/api/v1/agents?limit=20");
        paths.put("list of 20 runs", "/api/v1/runs?limit=20");
        paths.put("get agent", "/api/v1/agents/" + filled.newest());
        paths.put("page amid a long log", log + "&cursor=" + steps / 2);
        paths.put("last page of it", log + "&order=desc");
        return paths;
    }

    /** The middle one of so many answers, in milliseconds. */
    private static double round(Client client, String path, int count) throws IOException, InterruptedException {
        List<Double> waits = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            long before = System.nanoTime();
            client.text(path);
            waits.add((System.nanoTime() - before) / 1e6);
        }
        return Spread.median(waits);
    }

    private Outcome compared(String title, List<Double> few, List<Double> many, String how) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < few.size(); round++) {
            ratios.add(many.get(round) / few.get(round));
        }
        return new Outcome.Reading(
                name(),
                title + ", 10 million events to 10 thousand",
                Target.atMost(WORST, "x"),
                ratios,
                "%.2f ms with %,d events, %.2f ms with %,d; %s"
                        .formatted(Spread.median(few), FEW, Spread.median(many), MANY, how));
    }
}
