package dev.drover.api.http;

import java.time.Duration;
import java.util.Set;

/**
 * Where to listen and how long to wait.
 *
 * @param port 0 for any free one
 * @param origins of pages that may call from a browser
 * @param heartbeat the longest silence of an event stream
 * @param patience how long a peer may take nothing, or send nothing, while we wait for it
 * @param idle how long a connection may rest between two requests
 */
public record HttpSettings(
        String host, int port, Set<String> origins, Duration heartbeat, Duration patience, Duration idle) {
    public HttpSettings {
        origins = Set.copyOf(origins);
    }

    public static HttpSettings at(String host, int port) {
        return new HttpSettings(
                host, port, Set.of(), Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }

    public HttpSettings withOrigins(Set<String> allowed) {
        return new HttpSettings(host, port, allowed, heartbeat, patience, idle);
    }

    public HttpSettings withTimes(Duration heartbeats, Duration waits) {
        return new HttpSettings(host, port, origins, heartbeats, waits, idle);
    }
}
