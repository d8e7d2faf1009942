package dev.drover.core.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to be.
 *
 * @param command null for a login shell
 * @param window null for three pipes instead of a terminal
 * @param environment added to what commands have in there anyway
 */
public record SessionOrder(
        @Nullable String command, @Nullable Window window, Map<String, String> environment) {
    public SessionOrder {
        environment = Map.copyOf(environment);
    }

    /** A command on three pipes. */
    public static SessionOrder of(String command) {
        return new SessionOrder(command, null, Map.of());
    }
}
