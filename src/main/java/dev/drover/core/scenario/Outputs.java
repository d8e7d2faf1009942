package dev.drover.core.scenario;

import dev.drover.core.Json;
import java.util.List;

/** SPI: picks what was declared out of an answer. */
@FunctionalInterface
public interface Outputs {
    /**
     * The named members of the JSON object that the result is, holds as {@code structured_content}, or holds as
     * {@code text}; the result itself when its text is no JSON object.
     */
    Json pick(List<Field> declared, Json result);
}
