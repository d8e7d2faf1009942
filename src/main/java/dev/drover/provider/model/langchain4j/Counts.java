package dev.drover.provider.model.langchain4j;

import org.jspecify.annotations.Nullable;

/** Token counts as adapters give them: boxed, and absent where the vendor did not say. */
final class Counts {
    private Counts() {}

    static long of(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
