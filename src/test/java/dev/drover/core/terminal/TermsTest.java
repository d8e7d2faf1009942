package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked for, and what is made of it. */
class TermsTest {
    @ParameterizedTest
    @CsvSource({"-5,PT6M", "0.1,PT6M", "0.25,PT15M", "4,PT4H", "24,PT24H", "1e308,PT24H"})
    void bringsTheTimeOfAWayInWithinBounds(double hours, Duration time) {
        assertThat(new IssueAccess(hours, IssueAccess.Method.KEY, null).time(24))
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "KEY", "Key"})
    void takesAMethodInAnyCase(String word) {
        assertThat(IssueAccess.Method.of(word)).isEqualTo(IssueAccess.Method.KEY);
        assertThatThrownBy(() -> IssueAccess.Method.of(word + "s")).isInstanceOf(Refused.class);
    }

    @Test
    void bringsTheSizeOfATerminalWithinBounds() {
        assertThat(new Window(0, 1_000_000)).isEqualTo(new Window(1, 4096));
    }

    @Test
    void joinsCharactersThatComeInPieces() {
        byte[] bytes = "a€😀".getBytes(UTF_8);
        Utf8Pieces pieces = new Utf8Pieces();
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(pieces.add(new byte[] {each}, 1));
        }
        assertThat(text + pieces.end()).isEqualTo("a€😀");

        Utf8Pieces broken = new Utf8Pieces();
        assertThat(broken.add(new byte[] {'x', (byte) 0xFF, (byte) 0xE2, (byte) 0x82}, 4) + broken.end())
                .isEqualTo("x\uFFFD\uFFFD");
    }
}
