package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Thousands who follow runs in which nothing happens. */
final class FollowersFigure implements Figure {
    private static final int FOLLOWERS = 5_000;
    private static final int RUNS = 50;
    private static final int CLIENTS = 32;
    private static final int HEALTH_CHECKS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Override
    public String name() {
        return "followers";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        StandInModel model = site.model();
        model.hold();
        List<OpenFollower> followers = new ArrayList<>();
        try (Server server = site.server("process")) {
            List<String> agents = Together.on(
                    CLIENTS, RUNS, run -> server.client().spawn(new Script("q" + run, 0, Script.Tool.LIST, 0, true)));
            Together.await(PATIENCE, () -> model.waiting() == RUNS, () -> model.waiting() + " runs ask the model");
            ServerMemory before = ServerMemory.of(server);
            followers.addAll(Together.on(
                    CLIENTS, FOLLOWERS, number -> OpenFollower.of(server.client(), agents.get(number % RUNS))));
            Together.await(
                    PATIENCE, () -> followers.stream().allMatch(OpenFollower::heardAHeartbeat), () -> state(followers));
            double connected = Math.min((double) count(followers), server.metric("drover_http_streams", ""));
            List<Double> health = health(server);
            ServerMemory with = ServerMemory.of(server);
            long released = System.nanoTime();
            model.goOn();
            Together.await(
                    PATIENCE, () -> followers.stream().allMatch(OpenFollower::sawTheEnd), () -> state(followers));
            double fanOut = (System.nanoTime() - released) / 1e9;
            return readings(connected, health, before, with, fanOut);
        } finally {
            model.goOn();
            for (OpenFollower follower : followers) {
                follower.close();
            }
        }
    }

    private static long count(List<OpenFollower> followers) {
        return followers.stream().filter(OpenFollower::isOpen).count();
    }

    private static String state(List<OpenFollower> followers) {
        return "%d of %d followers are open, %d heard a heartbeat, %d saw the end; trouble: %s"
                .formatted(
                        count(followers),
                        followers.size(),
                        followers.stream().filter(OpenFollower::heardAHeartbeat).count(),
                        followers.stream().filter(OpenFollower::sawTheEnd).count(),
                        followers.stream()
                                .flatMap(follower -> follower.trouble().stream())
                                .findFirst()
                                .orElse("none"));
    }

    private static List<Double> health(Server server) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int check = 0; check < HEALTH_CHECKS; check++) {
            long before = System.nanoTime();
            Server.isHealthy(server.client().server());
            times.add((System.nanoTime() - before) / 1e6);
        }
        return times;
    }

    private List<Outcome> readings(
            double connected, List<Double> health, ServerMemory before, ServerMemory with, double fanOut) {
        Spread spread = Spread.of(health);
        return List.of(
                new Outcome.Reading(
                        name(),
                        "idle SSE followers",
                        Target.atLeast(FOLLOWERS, ""),
                        List.of(connected),
                        "open at one moment on %d waiting runs, by the server's count and ours; each heard a heartbeat,"
                                        .formatted(RUNS)
                                + " and all saw the end %.1f s after the model answered".formatted(fanOut)),
                new Outcome.Reading(
                        name(),
                        "/health meanwhile, p95",
                        Target.atMost(50, "ms"),
                        List.of(spread.at(0.95)),
                        "p50 %.1f ms, worst of %d %.1f ms".formatted(spread.at(0.5), HEALTH_CHECKS, spread.at(1))),
                new Outcome.Reading(
                        name(),
                        "resident set per follower",
                        Target.none("KiB"),
                        List.of((with.resident() - before.resident()) * 1_024 / FOLLOWERS),
                        "the JVM's, %.0f MiB before and %.0f MiB with all of them"
                                .formatted(before.resident(), with.resident())),
                new Outcome.Reading(
                        name(),
                        "heap per follower",
                        Target.none("KiB"),
                        List.of(with.heapOfEach(before, FOLLOWERS)),
                        "live objects after a collection, %.0f MiB before and %.0f MiB with all of them"
                                .formatted(before.heap(), with.heap())));
    }
}
