package dev.drover.core.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a scenario.
 *
 * @param input null when nothing is declared; a tool's own schema holds then, if there is one
 * @param output null when the whole answer is the result
 */
public record Recipe(
        String name,
        String description,
        boolean active,
        @Nullable List<Field> input,
        @Nullable List<Field> output,
        Action action,
        int timeoutSeconds) {
    public static final int USUAL_TIMEOUT = 40;
    public static final int LONGEST_TIMEOUT = 600;
    public static final int LONGEST_NAME = 255;
    public static final int LONGEST_DESCRIPTION = 1_000;

    public Recipe {
        input = input == null ? null : List.copyOf(input);
        output = output == null ? null : List.copyOf(output);
    }
}
