package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How soon thousands who follow the same run hear of what happens in it. */
final class FanOutFigure implements Figure {
    private static final int FOLLOWERS = 5_000;

    /** With the answer at the end as many turns as a run may have. */
    private static final int CALLS = 19;

    private static final int NOT_COUNTED = 9;

    /** The compiler of a young server takes a quarter of the machine while it tells its first runs. */
    private static final int WARMING = 2;

    private static final int PAUSE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        try (Server server = site.server("process")) {
            site.warmUp(server, 200, Site.script("u", 3, Script.Tool.LIST));
            for (int warming = 0; warming < WARMING; warming++) {
                tell(site.model(), server.client(), "warm" + warming);
            }
            return tell(site.model(), server.client(), "fan");
        }
    }

    private List<Outcome> tell(StandInModel model, Client client, String run) throws IOException, InterruptedException {
        model.hold();
        try (Crowd crowd = new Crowd(CALLS, FOLLOWERS)) {
            Script script = new Script(run, CALLS, Script.Tool.LIST, PAUSE_MILLIS, true);
            String agent = client.spawn(script);
            Together.await(PATIENCE, () -> model.waiting() == 1, () -> "a run that asks no model");
            crowd.follow(client, agent);
            model.goOn();
            Together.await(
                    PATIENCE,
                    () -> crowd.heard() == (long) CALLS * FOLLOWERS,
                    () -> "%,d of %,d calls were heard".formatted(crowd.heard(), CALLS * FOLLOWERS));
            return readings(crowd, model.turns(script.run()));
        } finally {
            model.goOn();
        }
    }

    private List<Outcome> readings(Crowd crowd, List<StandInModel.Turn> turns) throws IOException {
        List<Double> slowest = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int call = NOT_COUNTED; call < CALLS; call++) {
            List<Double> waits = crowd.after(call, turns.get(call).answered());
            slowest.add(Spread.of(waits).at(0.99));
            all.addAll(waits);
        }
        return List.of(new Outcome.Reading(
                name(),
                "an event reaches 5,000 followers, p99",
                Target.atMost(100, "ms"),
                slowest,
                ("of one run: from the last byte of a model's reply until a follower has read the call of a tool in it;"
                                + " %d replies, two a second, each with two more events close by, after %d of them and"
                                + " two whole runs before that warm the server up; p50 of all %.1f ms,"
                                + " p99 %.1f; the followers are one thread that shares the two cores")
                        .formatted(
                                slowest.size(),
                                NOT_COUNTED,
                                Spread.median(all),
                                Spread.of(all).at(0.99))));
    }
}
