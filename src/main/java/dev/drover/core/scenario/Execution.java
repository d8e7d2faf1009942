package dev.drover.core.scenario;

import dev.drover.core.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario outside of any agent.
 *
 * @param outcome null while it goes on
 */
public record Execution(UUID id, @Nullable Outcome outcome) {
    /** How it ended. */
    public sealed interface Outcome {}

    /** With a result, an object. */
    public record Done(Json outputs) implements Outcome {}

    /** Without one, and why. */
    public record Failed(String reason) implements Outcome {}
}
