package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the core refused, in Jettson's words. */
final class JettsonRefusals {
    /** What the core judges of a query; all else of it is judged before. */
    private static final Set<String> QUERY = Set.of("cursor", "after");

    private static final Duration UNTIL_A_SLOT_IS_FREE = Duration.ofSeconds(5);

    private JettsonRefusals() {}

    static Answer of(Problem problem) {
        return switch (problem) {
            case Problem.Invalid invalid -> invalid(invalid);
            case Problem.NotFound missing -> missing(missing);
            case Problem.Unauthenticated no -> JettsonDialect.unauthenticated(no.reason());
            case Problem.MissingScope missing ->
                JettsonError.answer(
                        403,
                        "insufficient_scope",
                        "The credential lacks the scope " + missing.scope(),
                        Map.of("scope", missing.scope()));
            case Problem.Forbidden no ->
                JettsonError.answer(403, "forbidden", "This is not yours: " + no.what(), Map.of());
            case Problem.InUse busy ->
                JettsonError.answer(409, "in_use", "Not now: " + busy.what() + ", " + busy.by(), Map.of());
            case Problem.Unacceptable bad -> JettsonError.answer(400, "invalid_body", bad.sentence());
            case Problem.WrongState state -> JettsonError.answer(409, "wrong_state", state.sentence());
            case Problem.Taken taken -> JettsonError.answer(409, "in_use", taken.sentence());
            case Problem.NotOffered none -> JettsonError.answer(501, "not_offered", none.sentence());
            case Problem.Failed failed -> JettsonError.answer(500, "internal_error", failed.sentence());
            case Problem.RateLimited limited -> limited(limited);
            case Problem.ConcurrencyReached reached -> concurrency(reached);
            case Problem.HoursUsedUp used -> hours(used);
            case Problem.IdempotencyConflict conflict -> conflict(conflict);
            case Problem.MemoryFull full -> memoryFull(full);
            case Problem.LimitReached reached ->
                JettsonError.answer(
                        409,
                        "limit_reached",
                        "There are " + reached.limit() + " " + reached.what() + "; remove one first");
            case Problem.TooManyLogins many ->
                JettsonError.answer(429, "rate_limited", "Too many failed logins")
                        .retryAfter(many.retryAfter());
            case Problem.OnHold hold -> JettsonError.answer(409, "wrong_state", hold.sentence());
            case Problem.Impossible no -> JettsonError.answer(409, "wrong_state", no.sentence());
            case Problem.CheckedOut held -> JettsonError.answer(409, "in_use", "The issue is checked out already");
            case Problem.RunConflict run -> JettsonError.answer(409, "in_use", run.sentence());
            case Problem.OtherSquad other -> JettsonError.answer(403, "forbidden", "This is another squad's");
            case Problem.BudgetSpent spent ->
                JettsonError.answer(402, "budget_blocked", spent.sentence(), Map.of("level", spent.level()));
            case Problem.Unavailable away ->
                JettsonError.answer(503, "provider_unavailable", "Unavailable for now: " + away.what())
                        .retryAfter(away.retryAfter());
        };
    }

    private static Answer invalid(Problem.Invalid invalid) {
        if (invalid.field().equals("task")) {
            return JettsonError.answer(400, "invalid_task", "'task' " + invalid.reason());
        }
        String code = QUERY.contains(invalid.field()) ? "invalid_query" : "invalid_body";
        return misfit(code, invalid.field(), invalid.reason());
    }

    static Answer misfit(String code, String field, String reason) {
        Map<String, Object> details = Map.of("field", field, "reason", reason);
        return JettsonError.answer(400, code, "'" + field + "' " + reason, details);
    }

    private static Answer missing(Problem.NotFound missing) {
        return switch (missing.thing()) {
            case AGENT, MANAGER -> JettsonError.answer(404, "agent_not_found", "There is no agent " + missing.id());
            case KEY -> JettsonError.answer(404, "key_not_found", "There is no key " + missing.id());
            case SECRET -> JettsonError.answer(404, "secret_not_found", "There is no secret " + missing.id());
            case WEBHOOK -> JettsonError.answer(404, "webhook_not_found", "There is no webhook " + missing.id());
            case DELIVERY -> JettsonError.answer(404, "delivery_not_found", "There is no delivery " + missing.id());
            case USER -> JettsonError.answer(404, "not_found", "There is no user " + missing.id());
            case MEMORY -> JettsonError.answer(404, "not_found", "There is no memory " + missing.id());
            case CONNECTION,
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
                    FILE ->
                JettsonError.answer(
                        404, "not_found", "There is no " + missing.thing().word() + " " + missing.id());
            case ARTIFACT -> JettsonError.answer(404, "artifact_not_found", "There is no artifact " + missing.id());
            // A profile is only ever named by a field of a body.
            case MODEL_PROFILE -> invalid(new Problem.Invalid("model", "names no model profile: " + missing.id()));
        };
    }

    private static Answer limited(Problem.RateLimited limited) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("plan", limited.plan());
        details.put("window", limited.window().name().toLowerCase(Locale.ROOT));
        details.put("limitPerMinute", limited.perMinute());
        details.put("limitPerHour", limited.perHour());
        return JettsonError.answer(429, "rate_limited", "Too many spawns in this window", details)
                .retryAfter(limited.retryAfter());
    }

    private static Answer concurrency(Problem.ConcurrencyReached reached) {
        Map<String, Object> details =
                Map.of("plan", reached.plan(), "currentConcurrent", reached.current(), "maxConcurrent", reached.max());
        return JettsonError.answer(429, "concurrent_limit_reached", "As many agents run as the plan allows", details)
                .retryAfter(UNTIL_A_SLOT_IS_FREE);
    }

    private static Answer hours(Problem.HoursUsedUp used) {
        Map<String, Object> details = Map.of(
                "plan",
                used.plan(),
                "usedAgentHours",
                used.used(),
                "limitAgentHours",
                used.limit(),
                "resetsAt",
                JsonCodec.time(used.resetsAt()));
        return JettsonError.answer(402, "monthly_quota_exceeded", "The agent-hours of this month are used up", details);
    }

    private static Answer memoryFull(Problem.MemoryFull full) {
        Map<String, Object> details =
                Map.of("plan", full.plan(), "currentMemories", full.current(), "maxMemories", full.max());
        return JettsonError.answer(
                402, "memory_quota_exceeded", "The memory pool is full: dedupe or delete some first", details);
    }

    private static Answer conflict(Problem.IdempotencyConflict conflict) {
        if (!conflict.inProgress()) {
            return JettsonError.answer(
                    409, "idempotency_conflict", "This Idempotency-Key was used for a different request");
        }
        return JettsonError.answer(
                        409,
                        "idempotency_conflict",
                        "The first request with this Idempotency-Key is still under way",
                        Map.of("reason", "in_progress"))
                .retryAfter(Duration.ofSeconds(1));
    }
}
