package dev.drover.api.http;

import dev.drover.core.access.Caller;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen and how long to wait.
 *
 * @param port 0 for any free one
 * @param origins of pages that may call from a browser
 * @param heartbeat the longest silence of an event stream
 * @param patience how long a peer may take nothing, or send nothing, while we wait for it
 * @param idle how long a connection may rest between two requests
 * @param goodbye how long requests in flight may take when the server stops
 * @param trusted who comes from this machine without a credential, in dialects that know that; null for nobody
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> origins,
        Duration heartbeat,
        Duration patience,
        Duration idle,
        Duration goodbye,
        @Nullable Caller trusted) {
    public HttpSettings {
        origins = Set.copyOf(origins);
    }

    public static HttpSettings at(String host, int port) {
        return new HttpSettings(
                host,
                port,
                Set.of(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(3),
                null);
    }

    public HttpSettings withOrigins(Set<String> allowed) {
        return new HttpSettings(host, port, allowed, heartbeat, patience, idle, goodbye, trusted);
    }

    public HttpSettings withTimes(Duration heartbeats, Duration waits) {
        return new HttpSettings(host, port, origins, heartbeats, waits, idle, goodbye, trusted);
    }

    public HttpSettings finishingIn(Duration longest) {
        return new HttpSettings(host, port, origins, heartbeat, patience, idle, longest, trusted);
    }

    public HttpSettings trusting(@Nullable Caller operator) {
        return new HttpSettings(host, port, origins, heartbeat, patience, idle, goodbye, operator);
    }
}
