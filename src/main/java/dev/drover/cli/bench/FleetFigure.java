package dev.drover.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Agents that keep computers: how soon they come and go, and what two hundred of them cost. */
final class FleetFigure implements Figure {
    private static final int IN_A_ROW = 20;
    private static final int WARM = 40;
    private static final int SOME = 30;
    private static final int MANY = 100;
    private static final int MOST = 200;
    private static final int CALLERS = 16;
    private static final long SETTLE_MILLIS = 2_000;

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        try (Server server = site.server("bubblewrap")) {
            Fleet fleet = new Fleet(server.client());
            try {
                return measure(site, server, fleet);
            } finally {
                fleet.deleteAll();
            }
        }
    }

    private List<Outcome> measure(Site site, Server server, Fleet fleet) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(comingAndGoing(site, fleet));
        double children = server.childrenMebibytes();
        double resident = ProcessMemory.residentMebibytes(server.pid());
        fleet.growTo(SOME);
        outcomes.add(idle(site, server, SOME));
        fleet.growTo(MANY);
        outcomes.add(list(site, server));
        outcomes.add(contexts(site, server, fleet));
        fleet.growTo(MOST);
        outcomes.add(reading(
                "computers on at once",
                Target.atLeast(MOST, ""),
                List.of((double) fleet.running()),
                "bubblewrap machines that the server calls running, each with its processes"));
        outcomes.add(idle(site, server, MOST));
        outcomes.add(memory(server, children, resident));
        return outcomes;
    }

    /** What was timed in rounds, in milliseconds. */
    private static final class Times {
        private final List<Double> rounds = new ArrayList<>();
        private final List<Double> all = new ArrayList<>();

        void round(List<Double> waits) {
            rounds.add(Spread.median(waits));
            all.addAll(waits);
        }

        String with(String words) {
            return "%s; p95 of all %.1f ms".formatted(words, Spread.of(all).at(0.95));
        }
    }

    /** One thing to time. */
    private interface Deed {
        void run(int number) throws IOException, InterruptedException;
    }

    private static List<Double> timed(int times, Deed deed) throws IOException, InterruptedException {
        List<Double> waits = new ArrayList<>();
        for (int number = 0; number < times; number++) {
            long before = System.nanoTime();
            deed.run(number);
            waits.add((System.nanoTime() - before) / 1e6);
        }
        return waits;
    }

    private List<Outcome> comingAndGoing(Site site, Fleet fleet) throws IOException, InterruptedException {
        for (int warm = 0; warm < site.choose(WARM, WARM / 2); warm++) {
            String name = fleet.create();
            fleet.stop(name);
            fleet.start(name);
            fleet.delete(name);
        }
        Times creates = new Times();
        Times stops = new Times();
        Times starts = new Times();
        Times deletes = new Times();
        for (int round = 0; round < site.choose(3, 2); round++) {
            creates.round(timed(IN_A_ROW, number -> fleet.create()));
            List<String> names = fleet.names();
            stops.round(timed(IN_A_ROW, number -> fleet.stop(names.get(number))));
            starts.round(timed(IN_A_ROW, number -> fleet.start(names.get(number))));
            deletes.round(timed(IN_A_ROW, number -> fleet.delete(names.get(number))));
        }
        return List.of(
                reading(
                        "create of an agent to its running computer, p50",
                        Target.atMost(80, "ms"),
                        creates.rounds,
                        creates.with("POST /api/agents until its 200: name, port and rows, a new bubblewrap computer"
                                + " that is on; 20 one after another")),
                reading(
                        "start of a stopped computer, p50",
                        Target.atMost(200, "ms"),
                        starts.rounds,
                        starts.with("POST .../start until its 200; nothing is put into it")),
                reading(
                        "stop of a computer, p50",
                        Target.none("ms"),
                        stops.rounds,
                        stops.with("POST .../stop until its 200")),
                reading(
                        "delete of an agent with its running computer, p50",
                        Target.none("ms"),
                        deletes.rounds,
                        deletes.with("DELETE until its 200; nothing is left then")));
    }

    private Outcome list(Site site, Server server) throws IOException, InterruptedException {
        if (!Wrk.isThere()) {
            return new Outcome.Missing(name(), "wrk is missing: install it with  apt-get install -y wrk");
        }
        Wrk wrk = new Wrk(server.client(), List.of());
        wrk.rate(Fleet.AGENTS, site.choose(12, 5), CALLERS);
        List<Double> rates = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        for (int round = 0; round < site.choose(3, 2); round++) {
            Wrk.Rate rate = wrk.rate(Fleet.AGENTS, site.choose(4, 2), CALLERS);
            rates.add(rate.perSecond());
            slowest.add(rate.p95Millis());
        }
        return reading(
                "list of 100 agents",
                Target.atLeast(1_000, "req/s"),
                rates,
                "GET /api/agents while their 100 computers are on, by wrk with %d connections; p95 %.1f ms"
                        .formatted(CALLERS, Spread.median(slowest)));
    }

    private Outcome contexts(Site site, Server server, Fleet fleet) throws IOException, InterruptedException {
        List<String> names = fleet.names();
        Together.on(CALLERS, names.size(), number -> {
            fleet.chat(names.get(number), Site.script("f" + number, 0, Script.Tool.LIST));
            return true;
        });
        Deed look = number -> server.client().text(Fleet.AGENTS + "/context-stats");
        timed(site.choose(200, 100), look);
        Times looks = new Times();
        for (int round = 0; round < site.choose(3, 2); round++) {
            looks.round(timed(IN_A_ROW, look));
        }
        return reading(
                "context-stats of 100 agents, p50",
                Target.atMost(50, "ms"),
                looks.rounds,
                looks.with("GET /api/agents/context-stats when each has a chat with a reply; one at a time"));
    }

    private Outcome idle(Site site, Server server, int computers) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < site.choose(3, 2); round++) {
            double before = server.processorSeconds();
            long began = System.nanoTime();
            Thread.sleep(site.choose(5_000, 3_000));
            shares.add((server.processorSeconds() - before) / ((System.nanoTime() - began) / 1e9) * 100);
        }
        return reading(
                "processor while %d computers idle".formatted(computers),
                Target.none("% of a core"),
                shares,
                "server, PostgreSQL and all that is on; nobody asks for anything");
    }

    private Outcome memory(Server server, double children, double resident) throws IOException {
        double own = server.childrenMebibytes() - children;
        double jvm = ProcessMemory.residentMebibytes(server.pid()) - resident;
        return reading(
                "memory of an idle computer",
                Target.none("MiB"),
                List.of(own / MOST),
                "what its processes hold of their own, on average of 200; the resident set of the JVM grew by %.0f MiB"
                                .formatted(jvm)
                        + " in all");
    }

    private Outcome reading(String title, Target target, List<Double> rounds, String meaning) {
        return new Outcome.Reading(name(), title, target, rounds, meaning);
    }
}
