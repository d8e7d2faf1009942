package dev.drover.api.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which other origins' pages may read our answers: those an operator lists, and those a dialect names. */
final class Cors {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS = "Authorization, Content-Type, Accept, Idempotency-Key, Last-Event-ID, "
            + "X-Request-Id, X-Source-Agent, X-Slaw-Run-Id";
    private static final String EXPOSED = "X-Request-Id, Retry-After, X-Next-Cursor, ETag";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** The answer to a browser that asks for leave; null when the request is something else. */
    @Nullable Answer preflight(Dialect dialect, String method, @Nullable String origin, @Nullable String asked) {
        if (!method.equals("OPTIONS") || asked == null || origin == null) {
            return null;
        }
        if (allows(dialect, origin)) {
            return Answer.noContent()
                    .with("Access-Control-Allow-Methods", METHODS)
                    .with("Access-Control-Allow-Headers", HEADERS)
                    .with("Access-Control-Max-Age", "600");
        }
        return dialect.origins().isEmpty() ? null : Answer.text(400, "text/plain", "Disallowed CORS origin");
    }

    /** What any answer to that origin carries. */
    Map<String, String> headers(Dialect dialect, @Nullable String origin) {
        if (origin == null || !allows(dialect, origin)) {
            return Map.of();
        }
        Map<String, String> headers = Map.of(
                "Access-Control-Allow-Origin", origin, "Access-Control-Expose-Headers", EXPOSED, "Vary", "Origin");
        if (dialect.origins().isEmpty()) {
            return headers;
        }
        Map<String, String> trusted = new HashMap<>(headers);
        trusted.put("Access-Control-Allow-Credentials", "true");
        return trusted;
    }

    private boolean allows(Dialect dialect, String origin) {
        return origins.contains(origin) || dialect.origins().contains(origin);
    }
}
