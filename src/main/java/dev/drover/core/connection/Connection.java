package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import java.util.List;

/**
 * An account at a service outside, as it may be shown: without its values.
 *
 * @param provider who answers, in one word
 * @param models the names that are offered whatever the service says; empty for other kinds
 * @param editable false for the server's own, which comes from its settings
 */
public record Connection(
        ConnectionId id, String name, ConnectionType type, String provider, List<String> models, boolean editable) {
    public Connection {
        models = List.copyOf(models);
    }
}
