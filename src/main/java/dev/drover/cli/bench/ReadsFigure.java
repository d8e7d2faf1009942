package dev.drover.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many reads a second the API answers when all that takes part shares two cores. */
final class ReadsFigure implements Figure {
    private static final int AGENTS = 40;
    private static final String TWO_CORES = "0,1";

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        if (!Wrk.isThere()) {
            return List.of(new Outcome.Missing(name(), "wrk is missing: install it with  apt-get install -y wrk"));
        }
        // PostgreSQL inherits what its server may use.
        List<String> bound = Runtime.getRuntime().availableProcessors() > 2
                ? List.of("taskset", "--cpu-list", TWO_CORES)
                : List.of();
        try (Server server = site.start(site.newFolder(), "process", bound)) {
            Client client = server.client();
            String agent = "";
            for (int run = 0; run < AGENTS; run++) {
                agent = client.spawn(Site.script("r" + run, 3, Script.Tool.LIST));
                client.finish(agent);
            }
            Wrk wrk = new Wrk(client, bound);
            return List.of(
                    rate(site, wrk, "/api/v1/agents/" + agent, "GET agent", 5_000, "one agent that has finished"),
                    rate(site, wrk, "/api/v1/agents?limit=20", "list of 20", 2_500, "the newest 20 of 40 agents"));
        }
    }

    private Outcome rate(Site site, Wrk wrk, String path, String title, int target, String what)
            throws IOException, InterruptedException {
        // Until the JVM has compiled what it needs for this, which takes some ten thousand requests.
        wrk.requestsPerSecond(path, site.choose(12, 5));
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < site.choose(3, 2); round++) {
            rates.add(wrk.requestsPerSecond(path, site.choose(4, 2)));
        }
        return new Outcome.Reading(
                name(),
                title,
                Target.atLeast(target, "req/s"),
                rates,
                what + ", by wrk with 32 connections; server, PostgreSQL and wrk share two cores");
    }
}
