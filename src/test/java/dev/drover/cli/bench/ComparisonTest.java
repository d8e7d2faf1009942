package dev.drover.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What got worse since a saved run, and what did not. */
final class ComparisonTest {
    @TempDir
    private Path folder;

    private static Outcome reading(String title, Target target, double median) {
        return new Outcome.Reading("some", title, target, List.of(median), "as measured");
    }

    private static List<Outcome> outcomes(double wait, double rate, double size) {
        return List.of(
                reading("wait", Target.atMost(10, "ms"), wait),
                reading("rate", Target.atLeast(10, "/s"), rate),
                reading("size", Target.none("KiB"), size),
                new Outcome.Missing("other", "no reason"));
    }

    private Comparison saved(List<Outcome> outcomes) throws IOException {
        Path file = folder.resolve("saved.json");
        JsonReport.write(file, Machine.here(), Instant.EPOCH, outcomes);
        return Comparison.with(file);
    }

    @Test
    void marksWhatGotWorseByMoreThanAQuarter() throws IOException {
        Comparison saved = saved(outcomes(8, 100, 50));

        assertThat(saved.lines(outcomes(10.1, 79, 63))).allMatch(Comparison.Line::isWorse);
        assertThat(saved.lines(outcomes(9.9, 81, 62))).noneMatch(Comparison.Line::isWorse);
        assertThat(saved.lines(outcomes(1, 1_000, 1))).noneMatch(Comparison.Line::isWorse);
        assertThat(saved.lines(outcomes(4, 50, 50)))
                .extracting(Comparison.Line::ratio)
                .containsExactly(0.5, 0.5, 1.0);
    }

    @Test
    void leavesOutWhatOneOfBothHasNot() throws IOException {
        Comparison saved = saved(outcomes(8, 100, 50));

        assertThat(saved.lines(List.of(reading("another", Target.none(""), 1)))).isEmpty();
    }

    @Test
    void refusesAFileThatIsNoSavedRun() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "[1, 2]");

        assertThatThrownBy(() -> Comparison.with(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("other.json holds no figures of a bench");
        assertThatThrownBy(() -> Comparison.with(Files.writeString(file, "no")))
                .hasMessageContaining("other.json is no JSON");
        assertThatThrownBy(() -> Comparison.with(folder.resolve("none.json")))
                .hasMessageContaining("none.json to compare with");
    }
}
