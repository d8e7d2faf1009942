package dev.drover.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long a client waits for the answer to a spawn. */
final class SpawnFigure implements Figure {
    @Override
    public String name() {
        return "spawn";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Client client = site.shared().client();
        site.warmUp(site.shared(), 1_500, Site.script("s", 0, Script.Tool.LIST));
        List<Double> halves = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        int samples = site.choose(50, 30);
        for (int round = 0; round < site.choose(3, 2); round++) {
            List<Double> waits = new ArrayList<>();
            for (int sample = 0; sample < samples; sample++) {
                Script script = Site.script("s" + round + "x" + sample, 0, Script.Tool.LIST);
                long before = System.nanoTime();
                String agent = client.spawn(script);
                waits.add((System.nanoTime() - before) / 1e6);
                client.finish(agent);
                client.rest(agent);
            }
            halves.add(Spread.median(waits));
            all.addAll(waits);
        }
        return List.of(new Outcome.Reading(
                name(),
                "spawn request, p50",
                Target.atMost(5, "ms"),
                halves,
                "POST /api/v1/agents until its 201, one at a time on a warm server with nothing else to do;"
                        + " p95 of all %.1f ms".formatted(Spread.of(all).at(0.95))));
    }
}
