package dev.drover.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpellingTest {
    private static final long YEAR_2020 = 1_577_836_800_000L;
    private static final long YEAR_3000 = 32_503_680_000_000L;

    @Property
    void whatIsSpelledIsReadAgain(@ForAll long most, @ForAll long least, @ForAll Spelling spelling) {
        UUID id = new UUID(most, least | 1);
        assertThat(spelling.read(spelling.of(id))).contains(id);
    }

    @Property
    void plainUuidsAreReadInAnyCase(@ForAll long most, @ForAll long least) {
        UUID id = new UUID(most, least);
        assertThat(Spelling.AGENT.read(id.toString())).contains(id);
        assertThat(Spelling.AGENT.read(id.toString().toUpperCase(Locale.ROOT))).contains(id);
    }

    @Property
    void agentIdsOfThisMillenniumHave21DigitsBehindTheirPrefix(
            @ForAll @LongRange(min = YEAR_2020, max = YEAR_3000) long millis, @ForAll long number) {
        UUID id = Ids.derived(new UUID(7, 7), number, Instant.ofEpochMilli(millis));
        assertThat(Spelling.AGENT.of(id)).matches("ag_[0-9A-Za-z]{21}");
    }

    @Property
    void spelledIdsSortAsTheyWereBorn(
            @ForAll @LongRange(min = YEAR_2020, max = YEAR_3000) long earlier,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long gap,
            @ForAll long number) {
        UUID first = Ids.derived(new UUID(7, 7), number, Instant.ofEpochMilli(earlier));
        UUID second = Ids.derived(new UUID(7, 7), number, Instant.ofEpochMilli(earlier + gap));
        assertThat(Spelling.AGENT.of(first)).isLessThan(Spelling.AGENT.of(second));
    }

    @Property
    void nothingIsReadTwoWays(@ForAll @StringLength(max = 40) String text) {
        assertThat(Spelling.AGENT.read(text))
                .satisfies(found -> found.ifPresent(id ->
                        assertThat(text).isIn(Spelling.AGENT.of(id), id.toString(), text.toUpperCase(Locale.ROOT))));
        assertThat(Spelling.AGENT.read("ag_" + text))
                .satisfies(
                        found -> found.ifPresent(id -> assertThat("ag_" + text).isEqualTo(Spelling.AGENT.of(id))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ag_",
                "ag",
                "AG_351oE0px5triBmSocvZrZ",
                "ag_0351oE0px5triBmSocvZr",
                "ag_351oE0px5triBmSocvZr!",
                "ag_351oE0px5triBmSocvZr ",
                " ag_351oE0px5triBmSocvZrZ",
                "ag_351oE0px5triBmSocvZr\0",
                "ag_351oE0px5triBmSocv\u0665rZ",
                "ag_zzzzzzzzzzzzzzzzzzzzzz",
                "ag_351oE0px5triBmSocvZrZ351oE0px5triBmSocvZrZ",
                "ev_351oE0px5triBmSocvZrZ",
                "0190a000-0000-7000-8000-00000000000",
                "0190a000-0000-7000-8000-00000000000g",
                "0190a00000007000800000000000001",
                "1-1-1-1-1"
            })
    void foreignTextIsNoAgent(String text) {
        assertThat(Spelling.AGENT.read(text)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPrefixIsOfOneThingOnly(Spelling spelling) {
        String spelled = spelling.of(new UUID(1, 1));
        for (Spelling other : Spelling.values()) {
            assertThat(other.read(spelled).isPresent()).isEqualTo(other == spelling);
        }
    }

    @Test
    void theGreatestIdHas22Digits() {
        assertThat(Spelling.AGENT.of(new UUID(-1, -1))).isEqualTo("ag_7n42DGM5Tflk9n8mt7Fhc7");
        assertThat(Spelling.AGENT.read("ag_7n42DGM5Tflk9n8mt7Fhc7")).contains(new UUID(-1, -1));
        assertThat(Spelling.AGENT.read("ag_7n42DGM5Tflk9n8mt7Fhc8")).isEmpty();
    }
}
