package dev.drover.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void splitsAtWhateverIsNoLetter() {
        assertThat(Words.of("user_name: Ada's 2nd-best mail@x.org"))
                .containsExactly("user", "name", "ada", "s", "2nd", "best", "mail", "x", "org");
        assertThat(Words.of("  ")).isEmpty();
    }

    @Test
    void readsAccentsAsTheLettersBelow() {
        assertThat(Words.of("Crème Brûlée ÜBER")).containsExactly("creme", "brulee", "uber");
        assertThat(Words.of("cafe\u0301")).isEqualTo(Words.of("caf\u00e9"));
    }

    @Test
    void givesPairsWhereNoSpacesAre() {
        assertThat(Words.of("東京都 A社")).containsExactly("東京", "京都", "a", "社");
        assertThat(Words.of("Москва")).containsExactly("москва");
        assertThat(Words.of("한국어 텍스트")).containsExactly("한국어", "텍스트");
    }

    @Test
    void keepsPiecesInsideTheWindow() {
        String text = "word ".repeat(400).strip();
        List<String> pieces = Pieces.of(text, 800);
        assertThat(pieces).hasSizeBetween(3, 4).allMatch(piece -> piece.length() <= 800 && piece.endsWith("word"));
        assertThat(String.join("", pieces).length()).isGreaterThan(text.length());
        assertThat(Pieces.of("short", 800)).containsExactly("short");
        assertThat(Pieces.of("x".repeat(5_000), 800)).allMatch(piece -> piece.length() <= 800);
        assertThat(Pieces.of("漢".repeat(1_000), 800)).allMatch(piece -> piece.length() <= 267);
        assertThat(Pieces.of("", 800)).containsExactly("");
        assertThat(Pieces.of("\uD83D\uDE00".repeat(1_000), 800)).allMatch(piece -> !piece.startsWith("\uDE00"));
    }
}
