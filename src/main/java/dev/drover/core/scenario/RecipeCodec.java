package dev.drover.core.scenario;

import dev.drover.core.Json;

/** Writes recipes as they are stored, and reads them again. */
public interface RecipeCodec {
    Json write(Recipe recipe);

    Recipe read(Json stored);
}
