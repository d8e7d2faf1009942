package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-9, 0, 10",
        "bytes=5-, 5, 10",
        "bytes=-4, 6, 10",
        "bytes=-99, 0, 10",
        "bytes=9-99, 9, 10"
    })
    void readsOneRange(String header, long from, long to) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(from, to, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"})
    void saysWhatIsBeyondTheEnd(String header) {
        assertThat(ByteRange.of(header, 10).isOutside()).isTrue();
        assertThat(ByteRange.of(header, 0).isOutside()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2", "bytes=3-2"})
    void givesTheWholeForWordsItNeedNotKnow(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(0, 10, true));
    }

    @Test
    void givesTheWholeOfAnEmptyFile() {
        assertThat(ByteRange.of(null, 0).isOutside()).isFalse();
        assertThat(ByteRange.of(null, 0).length()).isZero();
    }
}
