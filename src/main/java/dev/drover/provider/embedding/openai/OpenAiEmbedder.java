package dev.drover.provider.embedding.openai;

import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbeddingFailure;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model behind an endpoint that speaks like OpenAI's {@code /embeddings}. */
public final class OpenAiEmbedder implements Embedder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Such models read 8,191 tokens or more; less than that is safe in any language. */
    private static final int WINDOW = 20_000;

    private final String name;
    private final EmbeddingModel model;

    /** @param key null where none is asked for */
    public OpenAiEmbedder(URI baseUrl, String model, @Nullable String key) {
        this.name = model;
        this.model = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(JdkHttpClient.builder()
                        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1))
                        .connectTimeout(PATIENCE)
                        .readTimeout(PATIENCE))
                .baseUrl(baseUrl.toString())
                .modelName(model)
                .apiKey(key == null ? "none" : key)
                .maxRetries(0)
                .build();
    }

    @Override
    public String model() {
        return "openai/" + name;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        List<TextSegment> segments = texts.stream()
                .map(text -> TextSegment.from(text.isBlank() || text.trim().isEmpty() ? "." : text))
                .toList();
        try {
            List<float[]> vectors = model.embedAll(segments).content().stream()
                    .map(Embedding::vector)
                    .toList();
            if (vectors.size() != texts.size()) {
                throw new EmbeddingFailure(
                        "the endpoint gave %d vectors for %d texts".formatted(vectors.size(), texts.size()), false);
            }
            return vectors;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while embedding");
            }
            throw new EmbeddingFailure("the endpoint did not answer: " + e.getMessage(), false, e);
        }
    }
}
