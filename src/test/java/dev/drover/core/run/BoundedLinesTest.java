package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BoundedLinesTest {
    private static BoundedLines of(String text) {
        return new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsLinesAlsoTheLastWithoutAnEnd() throws IOException {
        BoundedLines lines = of("one\n\nzw\u00f6lf");
        assertThat(lines.next()).isEqualTo("one");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEqualTo("zw\u00f6lf");
        assertThat(lines.next()).isNull();
        assertThat(lines.flooded()).isFalse();
    }

    @Test
    void cutsWhatIsTooLongAndGoesOnBehindIt() throws IOException {
        BoundedLines lines = of("x".repeat(BoundedLines.LONGEST + 5) + "\nnext");
        assertThat(lines.next()).hasSize(BoundedLines.LONGEST);
        assertThat(lines.next()).isEqualTo("next");
    }

    @Test
    void givesUpOnAFlood() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                Arrays.fill(bytes, from, from + length, (byte) 'x');
                return length;
            }
        };
        BoundedLines lines = new BoundedLines(endless, 1_000_000);
        assertThat(lines.next()).isNull();
        assertThat(lines.flooded()).isTrue();
    }
}
