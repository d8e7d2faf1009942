package dev.drover.api.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which other origins' pages may read our answers: none, unless an operator lists them. */
final class Cors {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS = "Authorization, Content-Type, Accept, Idempotency-Key, Last-Event-ID, "
            + "X-Request-Id, X-Source-Agent, X-Slaw-Run-Id";
    private static final String EXPOSED = "X-Request-Id, Retry-After";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    boolean isPreflight(String method, @Nullable String origin, @Nullable String asked) {
        return method.equals("OPTIONS") && asked != null && allows(origin);
    }

    Answer preflight() {
        return Answer.noContent()
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", HEADERS)
                .with("Access-Control-Max-Age", "600");
    }

    /** What any answer to that origin carries. */
    Map<String, String> headers(@Nullable String origin) {
        if (origin == null || !allows(origin)) {
            return Map.of();
        }
        return Map.of(
                "Access-Control-Allow-Origin", origin, "Access-Control-Expose-Headers", EXPOSED, "Vary", "Origin");
    }

    private boolean allows(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }
}
