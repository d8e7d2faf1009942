package dev.drover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A short round, so that the harness itself stays alive; {@link ChaosRounds} has the long ones. */
final class ChaosTest {
    private static final long SEED = 8;

    @Test
    void losesDoublesAndStrandsNothing() throws Exception {
        FaultPlan plan = FaultPlan.of(
                SEED,
                new FaultPlan.Size(7, 6),
                new FaultPlan.Shape(2, true, "process", false),
                new SplittableRandom(SEED));

        Round.Verdict verdict = new Round(plan).play(ServerProgram.plain(), Duration.ofSeconds(30));

        System.err.println("ChaosTest: " + verdict.line());
        assertThat(verdict.violations()).as(verdict.report()).isEmpty();
        assertThat(verdict.counts().of(Count.KILLS)).isPositive();
    }

    @Test
    void theSameSeedIsTheSamePlan() {
        FaultPlan.Size size = new FaultPlan.Size(40, 30);

        assertThat(FaultPlan.of(1234, size)).isEqualTo(FaultPlan.of(1234, size));
        assertThat(FaultPlan.of(1235, size)).isNotEqualTo(FaultPlan.of(1234, size));
    }
}
