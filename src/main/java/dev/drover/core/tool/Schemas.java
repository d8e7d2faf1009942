package dev.drover.core.tool;

import dev.drover.core.Json;
import java.util.Optional;

/** Checks JSON against JSON Schema (draft 2020-12). */
public interface Schemas {
    /** What is wrong with the value, in a sentence that names the place; empty when it fits. No JSON does not fit. */
    Optional<String> violation(Json schema, Json value);

    /** What is wrong with the schema itself; empty when values can be checked against it. */
    Optional<String> misfit(Json schema);
}
