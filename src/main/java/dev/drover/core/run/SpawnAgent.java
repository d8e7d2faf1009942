package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a new agent that works one task (Jettson contract, section 4.1). Refuses what does not fit.
 *
 * @param name null when the caller gave none
 * @param idempotency null when the caller asked for no protection against a repeat
 * @param options with files and the webhook's secret, which are not in what is stored of them
 */
public record SpawnAgent(
        Origin origin,
        String task,
        @Nullable String name,
        String region,
        String profile,
        @Nullable IdempotencyKey idempotency,
        RunOptions options) {
    private static final int LONGEST_TASK = 4_000;
    private static final int LONGEST_NAME = 200;

    public SpawnAgent {
        Refused.when(task.isBlank(), "task", "must not be blank");
        Refused.when(task.length() > LONGEST_TASK, "task", "is " + task.length() + " characters long; at most 4,000");
        Refused.when(task.indexOf('\0') >= 0, "task", "must not contain the NUL character");
        if (name != null) {
            Refused.when(name.isBlank(), "name", "must not be blank; leave it out for a title made of the task");
            Refused.when(name.length() > LONGEST_NAME, "name", "is " + name.length() + " characters long; at most 200");
            Refused.when(name.indexOf('\0') >= 0, "name", "must not contain the NUL character");
            Refused.when(Agent.isReserved(name), "name", "is '" + name + "', a word that paths need; choose another");
        }
    }

    /** A wish without options. */
    public SpawnAgent(
            Origin origin,
            String task,
            @Nullable String name,
            String region,
            String profile,
            @Nullable IdempotencyKey idempotency) {
        this(origin, task, name, region, profile, idempotency, RunOptions.NONE);
    }

    /** The name an answer shows: the caller's, or the stand-in until a title is made. */
    public String displayName() {
        return name == null ? Agent.UNTITLED : name;
    }

    /**
     * Collapses repeats of one request.
     *
     * @param fingerprint tells two requests apart: equal for equal bodies
     */
    public record IdempotencyKey(String key, String fingerprint) {
        static final Duration KEPT = Duration.ofHours(24);

        public IdempotencyKey {
            Refused.when(key.isEmpty() || key.length() > 255, "Idempotency-Key", "must be 1 to 255 characters");
            Refused.when(key.indexOf('\0') >= 0, "Idempotency-Key", "must not contain the NUL character");
        }
    }
}
