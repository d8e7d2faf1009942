package dev.drover.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every embedder does. */
public interface EmbedderContract {
    Embedder embedder();

    @Test
    default void hasANameAndAWindow() {
        assertThat(embedder().model()).contains("/");
        assertThat(embedder().window()).isGreaterThan(100);
    }

    @Test
    default void givesAVectorForEachTextInItsOrder() throws Exception {
        List<float[]> together = embedder().embed(List.of("green tea", "a steam engine", "green tea"));
        assertThat(together).hasSize(3);
        assertThat(together.get(0)).hasSameSizeAs(together.get(1)).hasSizeGreaterThan(8);
        assertThat(cosine(together.get(0), together.get(2))).isGreaterThan(0.99);
        assertThat(cosine(together.get(0), together.get(1))).isLessThan(0.9);
    }

    @Test
    default void takesAnyText() throws Exception {
        List<String> odd =
                List.of("", " ", "\u0007", "日本語のテキスト", "x".repeat(embedder().window()));
        assertThat(embedder().embed(odd)).hasSize(odd.size()).allMatch(vector -> finite(vector));
    }

    private static boolean finite(float[] vector) {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    static double cosine(float[] one, float[] other) {
        return Vector.of(one).cosine(Vector.of(other));
    }
}
