package dev.drover.core.scenario;

import dev.drover.core.Json;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wish to run a scenario.
 *
 * @param waits whether the caller waits for the end
 * @param callback null when nobody else is to be told
 */
public record Order(Json data, boolean waits, @Nullable Callback callback) {
    /**
     * Who is told of the end.
     *
     * @param words what is posted there
     */
    public record Callback(String url, Function<Execution, Json> words) {}
}
