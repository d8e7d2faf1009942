package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One seed from its beginning to its verdict. */
final class Round {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final FaultPlan plan;
    private final Count.Table counts = new Count.Table();
    private final Findings findings = new Findings();
    private final long began = System.nanoTime();

    Round(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * How it went.
     *
     * @param kept where the logs of the servers are, when there is a violation
     */
    record Verdict(FaultPlan plan, Count.Table counts, List<String> violations, Set<String> leftOut, String kept) {
        String line() {
            return "seed %d, %s, %s: %s%s"
                    .formatted(
                            plan.seed(),
                            plan.stands(),
                            plan.computers(),
                            counts,
                            violations.isEmpty() ? "; nothing lost, doubled or stuck" : "");
        }

        /** All that somebody needs who is to find out why. */
        String report() {
            return "%s%nviolations:%n  %s%nthe servers' logs: %s%nagain: mvn verify -Pchaos -Dchaos.seed=%d"
                    .formatted(plan, String.join("\n  ", violations), kept, plan.seed());
        }
    }

    /** @param faultsFor after which nothing new goes wrong */
    Verdict play(ServerProgram program, Duration faultsFor) throws IOException, InterruptedException {
        Set<String> leftOut;
        String kept = "(none)";
        try (ChaosWorld world = new ChaosWorld(plan, program)) {
            world.keepLogs(true);
            leftOut = play(world, faultsFor);
            world.keepLogs(!findings.all().isEmpty());
            kept = world.logs().toString();
        }
        counts.add(Count.ROUNDS);
        counts.add(Count.VIOLATIONS, findings.all().size());
        return new Verdict(plan, counts, findings.all(), leftOut, kept);
    }

    private Set<String> play(ChaosWorld world, Duration faultsFor) throws InterruptedException {
        phase("started");
        world.nodes().forEach(ChaosNode::awaitReady);
        phase("ready");
        ChaosClients clients = new ChaosClients(world.nodes(), counts);
        Crowd crowd = new Crowd(clients, counts);
        Conductor conductor = new Conductor(world, counts);
        try (LimitWatch watch = new LimitWatch(world.database())) {
            crowd.begin(plan.errands(), conductor::progress);
            conductor.play(faultsFor);
            phase("mended");
            boolean isOver = settle(crowd, clients);
            watch.judge(plan.atOnce(), findings, counts);
            phase("settled");
            if (isOver) {
                check(world, clients, crowd);
                phase("checked");
            }
        }
        for (ChaosNode node : world.nodes()) {
            findings.expect(
                    node.deathsOfItsOwn() == 0 || plan.has(Fault.FillDisk.class::isInstance),
                    "a server died unasked, %d times",
                    node.deathsOfItsOwn());
            findings.expect(node.retire(), "a server does not end in order");
        }
        phase("ended");
        new OrphanCheck(world, findings).servers();
        phase("gone");
        return conductor.leftOut();
    }

    /** For whoever wonders what takes so long. */
    private void phase(String name) {
        if (Boolean.getBoolean("chaos.verbose")) {
            System.err.printf("chaos: %s after %d ms%n", name, (System.nanoTime() - began) / 1_000_000);
        }
    }

    /** Everything is mended, so every run comes to its end, and every client learns of it; else no log is whole. */
    private boolean settle(Crowd crowd, ChaosClients clients) throws InterruptedException {
        try {
            return Waiting.until(SETTLING, () -> Optional.of(true).filter(_ -> crowd.content()));
        } catch (AssertionError stuck) {
            crowd.giveUp();
            findings.expect(
                    crowd.played().size() == plan.errands().size(),
                    "of %d spawns only %d were acknowledged",
                    plan.errands().size(),
                    crowd.played().size());
            for (Played run : crowd.played()) {
                if (!run.follower().over()) {
                    findings.expect(
                            false,
                            "%s (%s) is not over within %s: %s",
                            run.errand().task(),
                            run.agent(),
                            SETTLING,
                            clients.why(run.agent()));
                }
            }
            return false;
        }
    }

    private void check(ChaosWorld world, ChaosClients clients, Crowd crowd) throws InterruptedException {
        OrphanCheck orphans = new OrphanCheck(world, findings);
        orphans.computers();
        StreamCheck streams = new StreamCheck(clients, findings, counts);
        WorkspaceCheck workspaces = new WorkspaceCheck(plan, findings);
        EffectCheck effects = new EffectCheck(world.counter().requests(), findings, counts);
        for (Played run : crowd.played()) {
            JsonNode agent = clients.agent(run.agent());
            List<JsonNode> events = streams.run(run, world.nodes()).events();
            String status = agent.path("status").asText();
            tally(run, status, agent, events);
            new LogCheck(run.errand().task(), events, findings).run(status);
            effects.run(run.errand().task(), events);
            workspaces.run(run.errand().task(), events);
        }
        effects.close();
        long distinct = crowd.played().stream().map(Played::agent).distinct().count();
        int stored = world.database()
                .ask(handle -> handle.createQuery("select count(*) from run")
                        .mapTo(Integer.class)
                        .one());
        findings.expect(
                stored == distinct && distinct == crowd.played().size(),
                "%d runs are stored for %d spawns that were acknowledged",
                stored,
                crowd.played().size());
    }

    private void tally(Played run, String status, JsonNode agent, List<JsonNode> events) {
        counts.add(Count.RUNS);
        counts.add(
                switch (status) {
                    case "completed" -> Count.RUNS_COMPLETED;
                    case "stopped" -> Count.RUNS_STOPPED;
                    default -> Count.RUNS_FAILED;
                });
        counts.add(
                Count.TAKEOVERS,
                events.stream()
                        .filter(event -> event.path("message").asText().startsWith("Resumed"))
                        .count());
        String result = agent.path("final_result").asText();
        findings.expect(
                !status.equals("completed")
                        || result.equals("Done with " + run.errand().task()),
                "%s: its result is '%s'",
                run.errand().task(),
                result);
        findings.expect(
                !status.equals("stopped") || run.errand().stopped(),
                "%s was stopped by nobody",
                run.errand().task());
        findings.expect(
                !agent.path("error").asText().contains("internal_error") || plan.has(Fault.FillDisk.class::isInstance),
                "%s ended in an internal error",
                run.errand().task());
    }
}
