package dev.drover.api.http;

import dev.drover.core.access.Caller;
import org.jspecify.annotations.Nullable;

/** What becomes known of one request while it is answered; for its log line and its measurements. */
final class Visit {
    private final String requestId;
    private final String method;
    private final String path;
    private final long began = System.nanoTime();
    private @Nullable Route route;
    private @Nullable Caller caller;

    Visit(String requestId, String method, String path) {
        this.requestId = requestId;
        this.method = method;
        this.path = path;
    }

    String requestId() {
        return requestId;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    void found(Route found) {
        route = found;
    }

    void admitted(@Nullable Caller admitted) {
        caller = admitted;
    }

    @Nullable Route route() {
        return route;
    }

    @Nullable Caller caller() {
        return caller;
    }

    long nanos() {
        return System.nanoTime() - began;
    }
}
