package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong now = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream target = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private Progress progress(boolean live) {
        return new Progress(target, live, new Style(false), 40, clock);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsTimeStepsAndTokens() {
        try (Progress progress = progress(false)) {
            assertThat(progress.summary()).isEqualTo("0.0 s");
            now.set(2_345);
            progress.at(1, "");
            assertThat(progress.summary()).isEqualTo("2.3 s · 1 step");
            now.set(125_000);
            progress.at(12, "");
            progress.spent(4_321);
            assertThat(progress.summary()).isEqualTo("2:05 min · 12 steps · 4,321 tokens");
        }
    }

    @Test
    void printsOnlyLinesWhereThereIsNoTerminal() {
        try (Progress progress = progress(false)) {
            progress.at(1, "busy");
            progress.say(List.of("one", "two"));
        }

        assertThat(printed()).isEqualTo("one\ntwo\n");
    }

    @Test
    void theLineBelowIsClearedBeforeALineIsPrintedAndAtTheEnd() {
        try (Progress progress = progress(true)) {
            progress.at(1, "busy");
            progress.say(List.of("one"));
        }

        assertThat(printed()).contains("1 step · busy", "\r\u001b[Kone\n").endsWith("\r\u001b[K");
    }

    @Test
    void theLineBelowNeverWraps() {
        try (Progress progress = progress(true)) {
            progress.at(1, "x".repeat(100));
        }

        assertThat(printed().split("\r\u001b\\[K"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
    }
}
