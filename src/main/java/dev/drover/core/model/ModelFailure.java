package dev.drover.core.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model call that gave no whole reply. The message names the vendor and the cause, never a key. */
public final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;
    private final transient @Nullable Duration retryAfter;

    private ModelFailure(
            String message, boolean worthRetrying, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
        this.retryAfter = retryAfter;
    }

    /** Another try may succeed: 429, 5xx, 529, a cut stream, no connection. */
    public static ModelFailure passing(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        return new ModelFailure(message, true, retryAfter, cause);
    }

    /** Another try would fail the same way: a bad key, an unknown model, a refused request. */
    public static ModelFailure lasting(String message, @Nullable Throwable cause) {
        return new ModelFailure(message, false, null, cause);
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }

    /** How long the vendor asked us to wait, where it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
