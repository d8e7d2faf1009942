package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Agents that are talked to: what a run of one step costs, how soon its stream begins, and many streams at once. */
final class TalkFigure implements Figure {
    private static final String AGENTS = "/api/v2/ai-agents/v1/agents";
    private static final String TEAM = "?teamId=1";
    private static final int STREAMS = 500;
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Override
    public String name() {
        return "talk";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Client client = site.shared().client();
        String agent = agent(client);
        Together.on(6, site.choose(1_200, 300), run -> {
            talk(client, agent, Site.script("t" + run, 0, Script.Tool.LIST));
            return true;
        });
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(overhead(site, client, agent));
        outcomes.add(firstFrame(site, client, agent));
        outcomes.add(streams(site, client, agent));
        return outcomes;
    }

    /** A new agent on the connection that the server has of itself. */
    static String agent(Client client) throws IOException, InterruptedException {
        JsonNode connections = client.get("/api/v2/connections" + TEAM).path("connections");
        Map<String, Object> wish = Map.of(
                "name", "Bench",
                "teamId", 1,
                "makeConnectionId", connections.path(0).path("id").asInt(),
                "defaultModel", "jettson-6.0",
                "systemPrompt", "Do what the user says.");
        return client.post(AGENTS + TEAM, wish).path("agentId").asText();
    }

    static Map<String, Object> order(Script script) {
        return Map.of(
                "messages", List.of(Map.of("role", "user", "content", script.task())),
                "config", Map.of());
    }

    static void talk(Client client, String agent, Script script) throws IOException, InterruptedException {
        client.post(AGENTS + "/" + agent + "/run" + TEAM, order(script));
    }

    private Outcome overhead(Site site, Client client, String agent) throws IOException, InterruptedException {
        return timed(site, "own overhead of a run of one step, p50", 20, run -> {
                    Script script = Site.script("v" + run, 0, Script.Tool.LIST);
                    long before = System.nanoTime();
                    talk(client, agent, script);
                    long took = System.nanoTime() - before;
                    StandInModel.Turn turn = site.model().turns(script.run()).getFirst();
                    return took - (turn.answered() - turn.arrived());
                })
                .meaning("POST .../run until its whole answer, less the time the request was with the model;"
                        + " one at a time");
    }

    private Outcome firstFrame(Site site, Client client, String agent) throws IOException, InterruptedException {
        return timed(site, "first frame of a stream, p50", 30, run -> {
                    Script script = Site.script("w" + run, 0, Script.Tool.LIST);
                    try (OpenTalk talk = OpenTalk.begin(client, path(agent), order(script))) {
                        long first = talk.firstFrame();
                        talk.finish();
                        return first;
                    }
                })
                .meaning("from connecting to the first line of the first event");
    }

    /** One thing to time; in nanoseconds. */
    private interface Sample {
        long nanos(String run) throws IOException, InterruptedException;
    }

    /** What was timed, in milliseconds. */
    private record Timed(String figure, String title, int most, List<Double> rounds, double p95) {
        Outcome meaning(String words) {
            return new Outcome.Reading(
                    figure, title, Target.atMost(most, "ms"), rounds, "%s; p95 of all %.1f ms".formatted(words, p95));
        }
    }

    private Timed timed(Site site, String title, int most, Sample sample) throws IOException, InterruptedException {
        List<Double> rounds = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < site.choose(3, 2); round++) {
            List<Double> waits = new ArrayList<>();
            for (int number = 0; number < site.choose(60, 30); number++) {
                waits.add(sample.nanos(round + "x" + number) / 1e6);
            }
            rounds.add(Spread.median(waits));
            all.addAll(waits);
        }
        return new Timed(name(), title, most, rounds, Spread.of(all).at(0.95));
    }

    static String path(String agent) {
        return AGENTS + "/" + agent + "/run/stream" + TEAM;
    }

    private Outcome streams(Site site, Client client, String agent) throws IOException, InterruptedException {
        StandInModel model = site.model();
        model.hold();
        List<OpenTalk> talks = new ArrayList<>();
        try {
            talks.addAll(Together.on(CLIENTS, STREAMS, number -> {
                OpenTalk talk = OpenTalk.begin(
                        client, path(agent), order(new Script("z" + number, 0, Script.Tool.LIST, 0, true)));
                talk.firstFrame();
                return talk;
            }));
            Together.await(PATIENCE, () -> model.waiting() >= STREAMS, () -> model.waiting() + " runs ask the model");
            long released = System.nanoTime();
            model.goOn();
            List<Integer> steps =
                    Together.on(STREAMS, STREAMS, number -> talks.get(number).finish());
            double took = (System.nanoTime() - released) / 1e9;
            long whole = steps.stream().filter(count -> count == 3).count();
            return new Outcome.Reading(
                    name(),
                    "streams at once with every step",
                    Target.atLeast(STREAMS, ""),
                    List.of((double) whole),
                    "each open before the model answers, with its system, user and assistant step to the end;"
                            + " all had ended %.1f s after the model answered".formatted(took));
        } finally {
            model.goOn();
            for (OpenTalk talk : talks) {
                talk.close();
            }
        }
    }
}
