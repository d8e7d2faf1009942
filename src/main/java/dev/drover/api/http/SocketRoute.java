package dev.drover.api.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A path on which WebSockets are opened, and who talks there.
 *
 * @param computer how the computer is told that a socket is about; null where any server can talk
 */
public record SocketRoute(
        String path, SocketHost host, @Nullable Computer computer) {
    public SocketRoute(String path, SocketHost host) {
        this(path, host, null);
    }

    /**
     * A socket whose first text names an agent, and that only the server with that agent's computer can serve.
     *
     * @param agent the name or the id that the first text gives; null when it gives none
     * @param complaint what is said to the peer when no server can
     */
    public record Computer(Function<String, @Nullable String> agent, Function<String, String> complaint) {}
}
