package dev.drover.api.slaw;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Dialect;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import java.util.Map;

/** How SLAW refuses (contract, section 1.1). */
public final class SlawDialect implements Dialect {
    private static final long BODY_LIMIT = 10 << 20;

    @Override
    public String title() {
        return "SLAW";
    }

    @Override
    public Class<?> errorShape() {
        return SlawError.class;
    }

    @Override
    public long bodyLimit() {
        return BODY_LIMIT;
    }

    @Override
    public boolean needsJsonType() {
        return true;
    }

    @Override
    public boolean trusts() {
        return true;
    }

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Invalid invalid -> SlawError.invalid(invalid.field(), invalid.reason());
            case Problem.NotFound missing -> missing(missing.thing());
            case Problem.Unauthenticated no -> unauthenticated("Invalid or expired credential");
            case Problem.MissingScope missing ->
                SlawError.answer(403, "forbidden", "Missing permission: " + missing.scope());
            case Problem.Forbidden no -> SlawError.answer(403, "forbidden", no.what());
            case Problem.InUse busy -> SlawError.answer(409, "conflict", "Not now: " + busy.what() + ", " + busy.by());
            case Problem.Unacceptable bad -> SlawError.answer(400, "validation_error", bad.sentence());
            case Problem.WrongState state -> SlawError.answer(409, "conflict", state.sentence());
            case Problem.Taken taken -> SlawError.answer(409, "agent_name_conflict", taken.sentence());
            case Problem.NotOffered none -> SlawError.answer(501, "unsupported_by_provider", none.sentence());
            case Problem.Failed failed -> SlawError.answer(500, "internal_error", failed.sentence());
            case Problem.RateLimited limited -> SlawError.answer(429, "rate_limited", "Too many requests");
            case Problem.ConcurrencyReached reached ->
                SlawError.answer(409, "budget_blocked", "As many agents run as the plan allows: " + reached.max());
            case Problem.HoursUsedUp used ->
                SlawError.answer(409, "budget_blocked", "The agent-hours of this month are used up");
            case Problem.IdempotencyConflict conflict ->
                SlawError.answer(409, "checkout_conflict", "The idempotency key belongs to another request");
            case Problem.MemoryFull full ->
                SlawError.answer(409, "limit_reached", "There are " + full.current() + " memories already");
            case Problem.LimitReached reached ->
                SlawError.answer(
                        409, "limit_reached", "There are " + reached.limit() + " " + reached.what() + " already");
            case Problem.TooManyLogins many -> SlawError.answer(429, "rate_limited", "Too many failed logins");
            case Problem.OnHold hold ->
                SlawError.answer(422, "invalid_state", hold.sentence(), Map.of("status", hold.state()));
            case Problem.Impossible no -> SlawError.answer(422, no.why().word(), no.sentence(), no.details());
            case Problem.CheckedOut held ->
                SlawError.answer(409, "checkout_conflict", "Issue is checked out already", held.details());
            case Problem.RunConflict run -> SlawError.answer(409, "run_ownership_conflict", run.sentence());
            case Problem.OtherSquad other ->
                SlawError.answer(403, "cross_squad", "Agent key cannot access another squad");
            case Problem.BudgetSpent spent ->
                SlawError.answer(409, "budget_blocked", spent.sentence(), Map.of("level", spent.level()));
            case Problem.Unavailable away ->
                SlawError.answer(503, "provider_unavailable", "Unavailable for now: " + away.what())
                        .retryAfter(away.retryAfter());
        };
    }

    @Override
    public Answer answer(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NoSuchPath path -> SlawError.answer(404, "route_not_found", "API route not found");
            case Rejection.WrongMethod wrong ->
                SlawError.answer(405, "method_not_allowed", "Method " + wrong.method() + " is not allowed here")
                        .with("Allow", String.join(", ", wrong.allowed()));
            case Rejection.NoCredential none -> unauthenticated("Authentication required");
            case Rejection.QueryMisfit query -> SlawError.invalid(query.name(), query.reason());
            case Rejection.BodyTooLarge large ->
                SlawError.answer(413, "payload_too_large", "The body is larger than " + large.limit() + " bytes");
            case Rejection.BodyNotJson broken ->
                SlawError.answer(400, "invalid_json", "The body is not JSON: " + broken.reason());
            case Rejection.BodyNotObject other ->
                SlawError.answer(400, "invalid_json", "The body must be a JSON object, but is: " + other.found());
            case Rejection.BodyTooSlow slow -> SlawError.answer(408, "invalid_json", "The body did not arrive in time");
            case Rejection.Malformed malformed ->
                SlawError.answer(malformed.status(), "validation_error", malformed.reason());
            case Rejection.Broken broken ->
                SlawError.answer(500, "internal_error", "Internal error, request " + broken.requestId());
        };
    }

    private static Answer unauthenticated(String error) {
        return SlawError.answer(401, "unauthenticated", error).with("WWW-Authenticate", "Bearer");
    }

    private static Answer missing(Problem.Thing thing) {
        return switch (thing) {
            case AGENT -> SlawError.answer(404, "agent_not_found", "Agent not found");
            case MANAGER -> SlawError.answer(404, "agent_not_found", "Manager not found");
            case KEY -> SlawError.answer(404, "key_not_found", "Key not found");
            case USER -> SlawError.answer(404, "user_not_found", "User not found");
            case MEMORY -> SlawError.answer(404, "not_found", "Memory not found");
            case SECRET -> SlawError.answer(404, "secret_not_found", "Secret not found");
            case WEBHOOK -> SlawError.answer(404, "webhook_not_found", "Webhook not found");
            case DELIVERY -> SlawError.answer(404, "delivery_not_found", "Delivery not found");
            case MODEL_PROFILE -> SlawError.invalid("model", "names no model profile");
            case CONNECTION, SCENARIO, CONTEXT, THREAD, CHAT_SESSION, LOGIN_SESSION, EXECUTION, SCHEDULE, FILE ->
                SlawError.answer(404, "not_found", "No such " + thing.word());
            case SQUAD -> SlawError.answer(404, "squad_not_found", "Squad not found");
            case APPROVAL -> SlawError.answer(404, "approval_not_found", "Approval not found");
            case ISSUE -> SlawError.answer(404, "issue_not_found", "Issue not found");
            case COMMENT -> SlawError.answer(404, "comment_not_found", "Comment not found");
            case RUN -> SlawError.answer(404, "run_not_found", "Heartbeat run not found");
            case REVISION -> SlawError.answer(404, "revision_not_found", "Revision not found");
            case ARTIFACT -> SlawError.answer(404, "artifact_not_found", "Artifact not found");
        };
    }
}
