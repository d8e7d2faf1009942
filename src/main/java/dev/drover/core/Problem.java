package dev.drover.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every way the core refuses. Each dialect answers all of them in one exhaustive switch. */
public sealed interface Problem {
    /** A value that does not fit: which field, what was wrong, what is expected. */
    record Invalid(String field, String reason) implements Problem {}

    /** No such thing, or not the caller's: the two look alike from outside. */
    record NotFound(Thing thing, String id) implements Problem {}

    /** No credential, or one that is malformed, unknown, expired or revoked. */
    record Unauthenticated(String reason) implements Problem {}

    /** A good credential that lacks the right, by the scope's wire word. */
    record MissingScope(String scope) implements Problem {}

    /** A good credential, for something that belongs to others: what it is. */
    record Forbidden(String what) implements Problem {}

    /** A limit that is null is none. */
    record RateLimited(
            String plan,
            Window window,
            @Nullable Integer perMinute,
            @Nullable Integer perHour,
            Duration retryAfter) implements Problem {}

    record ConcurrencyReached(String plan, int current, int max) implements Problem {}

    record HoursUsedUp(String plan, double used, double limit, Instant resetsAt) implements Problem {}

    /** The idempotency key was used for another request, or its first use is still under way. */
    record IdempotencyConflict(boolean inProgress) implements Problem {}

    /** Something cannot go while it is needed: what, and by whom. */
    record InUse(String what, String by) implements Problem {}

    /** So many there may be, and so many there are. */
    record LimitReached(String what, int limit) implements Problem {}

    /** The pool of memories is full: so many live ones there are, and so many the plan allows. */
    record MemoryFull(String plan, int current, int max) implements Problem {}

    record TooManyLogins(Duration retryAfter) implements Problem {}

    /** What was asked for fits its shape and still cannot be; the whole sentence. */
    record Unacceptable(String sentence) implements Problem {}

    /** Not as things stand, such as a file of a computer that is off; the whole sentence. */
    record WrongState(String sentence) implements Problem {}

    /** The name or number belongs to another; the whole sentence. */
    record Taken(String sentence) implements Problem {}

    /** This server, as it is set up, has none of it; the whole sentence. */
    record NotOffered(String sentence) implements Problem {}

    /** The work was begun and failed, and nothing is left of it; the whole sentence, with the cause. */
    record Failed(String sentence) implements Problem {}

    /** The agent, or its squad, may not work: the whole sentence, and the state in SLAW's words. */
    record OnHold(String sentence, String state) implements Problem {}

    /** What was asked for cannot follow on what is: why, in the whole sentence, and the state as it is. */
    record Impossible(Why why, String sentence, Map<String, String> details) implements Problem {}

    /** The issue is somebody else's at the moment; how it stands. */
    record CheckedOut(Map<String, @Nullable String> details) implements Problem {}

    /** A run that is under way belongs to another agent, or another run has what is asked for; the whole sentence. */
    record RunConflict(String sentence) implements Problem {}

    /** It belongs to another squad than the caller. */
    record OtherSquad() implements Problem {}

    /** The budget of that level (squad, agent or run) is used up, or would be; the whole sentence. */
    record BudgetSpent(String level, String sentence) implements Problem {}

    /** Something Drover stands on is away: what, and when to come back. */
    record Unavailable(String what, @Nullable Duration retryAfter) implements Problem {}

    /** What can be missing. */
    enum Thing {
        AGENT,
        /** The agent that another is to report to. */
        MANAGER,
        KEY,
        USER,
        MODEL_PROFILE,
        MEMORY,
        ARTIFACT,
        SECRET,
        WEBHOOK,
        DELIVERY,
        CONNECTION,
        SCENARIO,
        CONTEXT,
        THREAD,
        CHAT_SESSION,
        LOGIN_SESSION,
        EXECUTION,
        SCHEDULE,
        SQUAD,
        APPROVAL,
        ISSUE,
        COMMENT,
        RUN,
        REVISION,
        FILE;

        /** In plain words, as {@code model profile}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Why something cannot be (SLAW contract, section 1.1). */
    enum Why {
        INVALID_STATE,
        INVALID_MANAGER,
        REPORTING_CYCLE,
        UNSUPPORTED_FIELD,
        RUN_ID_MISMATCH;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The rolling window that was full. */
    enum Window {
        MINUTE,
        HOUR
    }
}
