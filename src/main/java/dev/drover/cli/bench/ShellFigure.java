package dev.drover.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How long it takes from the wish for an agent to the first output of a command in its computer. */
final class ShellFigure implements Figure {
    private static final Set<String> OUTPUT = Set.of("tool_result");

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Client client = site.shared().client();
        site.warmUp(site.shared(), 100, Site.script("f", 1, Script.Tool.SHELL));
        List<Double> halves = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        int samples = site.choose(30, 15);
        for (int round = 0; round < site.choose(3, 2); round++) {
            List<Double> waits = new ArrayList<>();
            for (int sample = 0; sample < samples; sample++) {
                Script script = Site.script("f" + round + "x" + sample, 1, Script.Tool.SHELL);
                long before = System.nanoTime();
                String agent = client.spawn(script);
                client.follow(agent, OUTPUT);
                waits.add((System.nanoTime() - before) / 1e6);
                client.finish(agent);
            }
            halves.add(Spread.median(waits));
            all.addAll(waits);
        }
        return List.of(new Outcome.Reading(
                name(),
                "spawn to first shell output, p50",
                Target.atMost(60, "ms"),
                halves,
                "from sending the spawn until the client has the output of 'echo hello' on its event stream: spawn,"
                        + " a fresh bubblewrap computer, one turn of a model that answers at once, the command, every"
                        + " step stored; p95 of all %.0f ms"
                                .formatted(Spread.of(all).at(0.95))));
    }
}
