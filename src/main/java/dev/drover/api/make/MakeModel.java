package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.core.connection.OfferedModel;

/**
 * A model that an agent may have.
 *
 * @param tokenLimit how much it reads and writes in one call
 */
@CamelCase
record MakeModel(String model, String provider, int tokenLimit, Settings settings) {
    /** What holds when nobody says more or less. */
    @CamelCase
    record Settings(int maxTokens) {}

    static MakeModel of(OfferedModel offered) {
        return new MakeModel(
                offered.name(), offered.provider(), offered.contextTokens(), new Settings(offered.maxOutputTokens()));
    }
}
