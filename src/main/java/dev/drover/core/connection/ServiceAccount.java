package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as those use it who call the service; never shown, never stored.
 *
 * @param url where the service is; null when each call says so
 * @param headers what proves who calls, by lower-case names
 */
public record ServiceAccount(
        ConnectionId id, String name, @Nullable String url, Map<String, String> headers) {
    public ServiceAccount {
        headers = Map.copyOf(headers);
    }

    /** Without address and headers, so that no log has them. */
    @Override
    public String toString() {
        return "ServiceAccount[" + id + ", " + name + "]";
    }
}
