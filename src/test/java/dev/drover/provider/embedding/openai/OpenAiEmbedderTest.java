package dev.drover.provider.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbedderContract;
import dev.drover.core.memory.EmbeddingFailure;
import dev.drover.testing.TestingEmbeddings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OpenAiEmbedderTest implements EmbedderContract {
    private static final TestingEmbeddings SERVER = TestingEmbeddings.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Override
    public Embedder embedder() {
        return new OpenAiEmbedder(SERVER.baseUrl(), "letters", "sk-test");
    }

    @Test
    void sendsModelAndKey() throws Exception {
        embedder().embed(List.of("x"));
        assertThat(SERVER.models()).containsOnly("letters");
        assertThat(SERVER.keys()).containsOnly("Bearer sk-test");
        assertThat(embedder().model()).isEqualTo("openai/letters");
    }

    @Test
    void mayComeBackAfterAFailure() {
        Embedder away = new OpenAiEmbedder(URI.create("http://127.0.0.1:1/v1"), "letters", null);
        assertThatThrownBy(() -> away.embed(List.of("x")))
                .isInstanceOfSatisfying(
                        EmbeddingFailure.class,
                        failure -> assertThat(failure.isForGood()).isFalse());
    }
}
