package dev.drover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Readiness;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.testing.TestingFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Round after round until the time is up: {@code mvn verify -Pchaos}. */
final class ChaosRounds {
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("chaos.minutes", 5));
    private static final FaultPlan.Size SIZE =
            new FaultPlan.Size(Integer.getInteger("chaos.faults", 40), Integer.getInteger("chaos.runs", 50));

    private static final Duration FAULTS_FOR = TIME.dividedBy(3);

    private final Count.Table counts = new Count.Table();
    private final Set<String> leftOut = new TreeSet<>();
    private final List<Round.Verdict> bad = new ArrayList<>();
    private final long began = System.nanoTime();
    private ServerProgram program = ServerProgram.plain();
    private String lacking = "";
    private Duration longest = Duration.ZERO;

    @Test
    void noSeedLosesDoublesOrStrandsAnything() throws Exception {
        Path folder = TestingFolders.create();
        program = ServerProgram.warmed(folder);
        Readiness isolation = new BubblewrapComputers(folder.resolve("computers"), new EgressProxy(), "chaos").probe();
        lacking = isolation.ready() ? "" : isolation.summary();
        try {
            playAll();
        } finally {
            TestingFolders.delete(folder);
        }
        leftOut.forEach(what -> say("left out: " + what));
        say("in all:\n" + counts.lines());
        assertThat(bad.stream().map(verdict -> verdict.plan().seed())).isEmpty();
    }

    private void playAll() throws Exception {
        Long seed = Long.getLong("chaos.seed");
        long first = seed == null ? System.currentTimeMillis() : seed;
        int rounds = seed == null ? Integer.MAX_VALUE : Integer.getInteger("chaos.rounds", 1);
        for (int i = 0; i < rounds && fits(); i++) {
            play(possible(FaultPlan.of(first + i, SIZE)));
        }
    }

    private FaultPlan possible(FaultPlan plan) {
        if (lacking.isEmpty() || plan.computers().equals("process")) {
            return plan;
        }
        leftOut.add("isolated computers, which rounds have without isolation instead: " + lacking);
        return plan.with("process");
    }

    /** Whether one more as long as the longest so far would still be over in time. */
    private boolean fits() {
        return Duration.ofNanos(System.nanoTime() - began).plus(longest).compareTo(TIME) <= 0;
    }

    private void play(FaultPlan plan) throws Exception {
        long start = System.nanoTime();
        say("seed %d begins: %d faults in %d s, %d runs"
                .formatted(
                        plan.seed(),
                        plan.moments().size(),
                        plan.length().toSeconds(),
                        plan.errands().size()));
        Round.Verdict verdict = new Round(plan).play(program, FAULTS_FOR);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longest = longest.compareTo(took) < 0 ? took : longest;
        counts.addAll(verdict.counts());
        leftOut.addAll(verdict.leftOut());
        say("%s; %d s; %d kills so far".formatted(verdict.line(), took.toSeconds(), counts.of(Count.KILLS)));
        if (!verdict.violations().isEmpty()) {
            bad.add(verdict);
            say(verdict.report());
        }
    }

    private static void say(String what) {
        System.err.println("chaos: " + what);
    }
}
