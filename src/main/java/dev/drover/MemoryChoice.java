package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.NoEmbedder;
import dev.drover.core.memory.Recollection;
import dev.drover.provider.embedding.minilm.MiniLmEmbedder;
import dev.drover.provider.embedding.openai.OpenAiEmbedder;
import java.net.URI;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How memories are found.
 *
 * @param model {@code minilm} for the one in this process, {@code none} for words alone, else the endpoint's
 * @param baseUrl of an endpoint that speaks like OpenAI's; null for none
 * @param dedupeCosine from which two values say the same
 */
record MemoryChoice(
        String model,
        @Nullable URI baseUrl,
        Settings.@Nullable Secret key,
        Recollection.Rule recall,
        double dedupeCosine) {
    private static final String IN_PROCESS = "minilm";
    private static final String NONE = "none";

    static MemoryChoice read(Given given) {
        URI baseUrl = given.web("DROVER_EMBEDDING_BASE_URL").orElse(null);
        String model = given.text("DROVER_EMBEDDING_MODEL").orElse(baseUrl == null ? IN_PROCESS : "");
        boolean builtIn = model.equals(IN_PROCESS) || model.equals(NONE);
        if (baseUrl != null && (model.isEmpty() || builtIn)) {
            throw new StartFailure("DROVER_EMBEDDING_BASE_URL is set, and no model of that endpoint: name one with "
                    + "DROVER_EMBEDDING_MODEL, or unset the address");
        }
        if (baseUrl == null && !builtIn) {
            throw given.wrong(
                    "DROVER_EMBEDDING_MODEL",
                    model,
                    "minilm (in this process), none (words alone), or with DROVER_EMBEDDING_BASE_URL any other");
        }
        return new MemoryChoice(
                model,
                baseUrl,
                given.text("DROVER_EMBEDDING_API_KEY").map(Settings.Secret::new).orElse(null),
                new Recollection.Rule(
                        given.within("DROVER_RECALL_COUNT", 0, 50, 5), given.share("DROVER_RECALL_COSINE", 0.35)),
                given.share("DROVER_DEDUPE_COSINE", 0.95));
    }

    /** Cheap: nothing is loaded and nobody called before the first use. */
    Embedder embedder(Path data) {
        if (baseUrl != null) {
            return new OpenAiEmbedder(baseUrl, model, key == null ? null : key.text());
        }
        return model.equals(NONE) ? new NoEmbedder() : new MiniLmEmbedder(data.resolve("native"));
    }

    void show(SequencedMap<String, String> shown) {
        shown.put("DROVER_EMBEDDING_MODEL", model);
        shown.put("DROVER_EMBEDDING_BASE_URL", baseUrl == null ? "(none)" : baseUrl.toString());
        shown.put("DROVER_EMBEDDING_API_KEY", key == null ? "(none)" : key.toString());
        shown.put("DROVER_RECALL_COUNT", String.valueOf(recall.most()));
        shown.put("DROVER_RECALL_COSINE", String.valueOf(recall.cosine()));
        shown.put("DROVER_DEDUPE_COSINE", String.valueOf(dedupeCosine));
    }
}
