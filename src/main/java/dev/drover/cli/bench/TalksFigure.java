package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Thousands who talk to an agent and wait for a slow model at the same moment; their runs need no computer. */
final class TalksFigure implements Figure {
    private static final int TALKS = 5_000;
    private static final int CLIENTS = 32;
    private static final int STEPS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "talks";
    }

    @Override
    public Duration longest() {
        return PATIENCE.multipliedBy(3);
    }

    @Override
    public boolean isForThePatient() {
        return true;
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        StandInModel model = site.model();
        model.hold();
        List<OpenTalk> talks = new ArrayList<>();
        try (Server server = site.server("process");
                HeapWatch watch = HeapWatch.of(server)) {
            Client client = server.client();
            String agent = TalkFigure.agent(client);
            TalkFigure.talk(client, agent, Site.script("i", 0, Script.Tool.LIST));
            ServerMemory before = ServerMemory.of(server);
            long began = System.nanoTime();
            talks.addAll(Together.on(CLIENTS, TALKS, number -> begun(client, agent, number)));
            Together.await(PATIENCE, () -> model.waiting() >= TALKS, () -> model.waiting() + " runs ask the model");
            double asked = (System.nanoTime() - began) / 1e9;
            int most = model.mostWaiting();
            ServerMemory with = ServerMemory.of(server);
            began = System.nanoTime();
            model.goOn();
            List<Integer> steps =
                    Together.on(TALKS, TALKS, number -> talks.get(number).finish());
            double finished = (System.nanoTime() - began) / 1e9;
            long whole = steps.stream().filter(count -> count == STEPS).count();
            return readings(
                    (double) Math.min(most, whole),
                    "all had asked after %.1f s, and had ended %.1f s after the model answered"
                            .formatted(asked, finished),
                    watch.mostMebibytes(),
                    with.heapOfEach(before, TALKS));
        } finally {
            model.goOn();
            for (OpenTalk talk : talks) {
                talk.close();
            }
        }
    }

    private static OpenTalk begun(Client client, String agent, int number) throws IOException {
        Script script = new Script("j" + number, 0, Script.Tool.LIST, 1_000, true);
        OpenTalk talk = OpenTalk.begin(client, TalkFigure.path(agent), TalkFigure.order(script));
        talk.firstFrame();
        return talk;
    }

    private List<Outcome> readings(double atOnce, String times, double heap, double each) {
        return List.of(
                new Outcome.Reading(
                        name(),
                        "5,000 runs at once on a 1 s model",
                        Target.atLeast(TALKS, ""),
                        List.of(atOnce),
                        "requests that the model had open at one moment, each of another run that needs no computer and"
                                + " is streamed to a client of its own, which saw every step; " + times),
                new Outcome.Reading(
                        name(),
                        "heap of 5,000 runs, peak",
                        Target.atMost(1_024, "MiB"),
                        List.of(heap),
                        "largest use seen, with looks every 100 ms from the first to the last, garbage included"),
                new Outcome.Reading(
                        name(),
                        "heap per live run with its stream",
                        Target.none("KiB"),
                        List.of(each),
                        "live objects after a collection while all of them wait, less those before, by their number"));
    }
}
