package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a turn costs besides the model and the tool. */
final class OverheadFigure implements Figure {
    private static final int TURNS = 18;

    @Override
    public String name() {
        return "overhead";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Client client = site.shared().client();
        site.warmUp(site.shared(), 200, Site.script("o", TURNS, Script.Tool.LIST));
        List<Double> halves = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < site.choose(3, 2); round++) {
            List<Double> gaps = new ArrayList<>();
            for (int run = 0; run < site.choose(6, 3); run++) {
                Script script = Site.script("o" + round + "x" + run, TURNS, Script.Tool.LIST);
                String agent = client.spawn(script);
                client.finish(agent);
                client.rest(agent);
                gaps.addAll(gaps(site.model().turns(script.run()), toolTimes(client, agent)));
            }
            halves.add(Spread.median(gaps));
            all.addAll(gaps);
        }
        return List.of(new Outcome.Reading(
                name(),
                "own overhead per model turn, p50",
                Target.atMost(5, "ms"),
                halves,
                "as the model sees it: from its last byte to our next request, less the duration_ms of the tool between"
                        + " (files_list); reading the stream, two commits and building the request; p95 of all %.1f ms"
                                .formatted(Spread.of(all).at(0.95))));
    }

    private static List<Double> toolTimes(Client client, String agent) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        JsonNode events = client.get("/api/v1/agents/" + agent + "/logs?kind=tool_result&limit=100");
        events.path("data").forEach(event -> times.add(event.path("duration_ms").asDouble()));
        return times;
    }

    private static List<Double> gaps(List<StandInModel.Turn> turns, List<Double> toolTimes) throws IOException {
        if (turns.size() != TURNS + 1 || toolTimes.size() != TURNS) {
            throw new IOException("a run of %d turns had %d, with %d tool results"
                    .formatted(TURNS, turns.size() - 1, toolTimes.size()));
        }
        List<Double> gaps = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            long gap = turns.get(turn + 1).arrived() - turns.get(turn).answered();
            gaps.add(gap / 1e6 - toolTimes.get(turn));
        }
        return gaps;
    }
}
