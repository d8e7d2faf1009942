package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Dialect;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How Trinity refuses (contract, section 2.1). */
public final class TrinityDialect implements Dialect {
    private static final long BODY_LIMIT = 10 << 20;
    private static final Set<String> ORIGINS = Set.of("http://localhost:3000", "http://localhost:8080");

    @Override
    public String title() {
        return "Trinity";
    }

    @Override
    public Class<?> errorShape() {
        return TrinityError.class;
    }

    @Override
    public long bodyLimit() {
        return BODY_LIMIT;
    }

    @Override
    public boolean redirectsSlashes() {
        return true;
    }

    @Override
    public Set<String> origins() {
        return ORIGINS;
    }

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Invalid invalid ->
                TrinityMisfit.answer(
                        TrinityMisfit.Item.of("value_error", List.of("body", invalid.field()), invalid.reason()));
            case Problem.NotFound missing -> TrinityError.answer(404, missing(missing.thing()) + " not found");
            case Problem.Unauthenticated no -> unauthenticated("Could not validate credentials");
            case Problem.MissingScope missing ->
                TrinityError.answer(403, "The credential lacks the scope " + missing.scope());
            case Problem.Forbidden no -> TrinityError.answer(403, no.what());
            case Problem.InUse busy -> TrinityError.answer(409, "Not now: " + busy.what() + ", " + busy.by());
            case Problem.Unacceptable bad -> TrinityError.answer(400, bad.sentence());
            case Problem.WrongState state -> TrinityError.answer(400, state.sentence());
            case Problem.Taken taken -> TrinityError.answer(409, taken.sentence());
            case Problem.NotOffered none -> TrinityError.answer(501, none.sentence());
            case Problem.Failed failed -> TrinityError.answer(500, failed.sentence());
            case Problem.RateLimited limited ->
                TrinityError.answer(429, "Too many requests").retryAfter(limited.retryAfter());
            case Problem.ConcurrencyReached reached ->
                TrinityError.answer(429, "As many agents run as the plan allows: " + reached.max());
            case Problem.HoursUsedUp used -> TrinityError.answer(402, "The agent-hours of this month are used up");
            case Problem.IdempotencyConflict conflict ->
                conflict.inProgress()
                        ? TrinityError.answer(409, "A request with this idempotency key is under way")
                        : TrinityError.answer(422, "The idempotency key belongs to another request");
            case Problem.MemoryFull full ->
                TrinityError.answer(402, "There are " + full.current() + " memories already");
            case Problem.LimitReached reached ->
                TrinityError.answer(409, "There are " + reached.limit() + " " + reached.what() + " already");
            case Problem.TooManyLogins many ->
                TrinityError.answer(
                                429,
                                "Too many failed login attempts; try again in "
                                        + many.retryAfter()
                                                .plusNanos(999_999_999)
                                                .toSeconds() + " seconds")
                        .retryAfter(many.retryAfter());
            case Problem.OnHold hold -> TrinityError.answer(409, hold.sentence());
            case Problem.Impossible no -> TrinityError.answer(409, no.sentence());
            case Problem.CheckedOut held -> TrinityError.answer(409, "The issue is checked out already");
            case Problem.RunConflict run -> TrinityError.answer(409, run.sentence());
            case Problem.OtherSquad other -> TrinityError.answer(403, "Access denied to agent");
            case Problem.BudgetSpent spent -> TrinityError.answer(402, spent.sentence());
            case Problem.Unavailable away ->
                TrinityError.answer(503, "Unavailable for now: " + away.what()).retryAfter(away.retryAfter());
        };
    }

    @Override
    public Answer answer(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NoSuchPath path -> TrinityError.answer(404, "Not Found");
            case Rejection.WrongMethod wrong ->
                TrinityError.answer(405, "Method Not Allowed").with("Allow", String.join(", ", wrong.allowed()));
            case Rejection.NoCredential none -> unauthenticated("Not authenticated");
            case Rejection.QueryMisfit query ->
                TrinityMisfit.answer(
                        TrinityMisfit.Item.of("value_error", List.of("query", query.name()), query.reason()));
            case Rejection.BodyTooLarge large -> TrinityError.answer(413, "Request body too large");
            case Rejection.BodyNotJson broken ->
                TrinityMisfit.answer(new TrinityMisfit.Item(
                        "json_invalid",
                        List.of("body", broken.offset()),
                        "JSON decode error",
                        Map.of(),
                        Map.of("error", broken.reason())));
            case Rejection.BodyNotObject other ->
                TrinityMisfit.answer(TrinityMisfit.Item.of(
                        "model_attributes_type", List.of("body"), "Input should be a valid dictionary"));
            case Rejection.BodyTooSlow slow -> TrinityError.answer(408, "The body did not arrive in time");
            case Rejection.Malformed malformed -> TrinityError.answer(malformed.status(), malformed.reason());
            case Rejection.Broken broken ->
                TrinityError.answer(500, "Internal error; the server's log has it under " + broken.requestId());
        };
    }

    static Answer unauthenticated(String detail) {
        return TrinityError.answer(401, detail).with("WWW-Authenticate", "Bearer");
    }

    private static String missing(Problem.Thing thing) {
        return switch (thing) {
            case AGENT, MANAGER -> "Agent";
            case KEY -> "Key";
            case USER -> "User";
            case MEMORY -> "Memory";
            case SECRET -> "Secret";
            case WEBHOOK -> "Webhook";
            case DELIVERY -> "Delivery";
            case MODEL_PROFILE -> "Model profile";
            case ARTIFACT -> "Artifact";
            case CONNECTION -> "Connection";
            case SCENARIO -> "Scenario";
            case CONTEXT -> "Context";
            case THREAD -> "Thread";
            case CHAT_SESSION -> "Chat session";
            case LOGIN_SESSION -> "Session";
            case EXECUTION -> "Execution";
            case SCHEDULE -> "Schedule";
            case SQUAD -> "Squad";
            case APPROVAL -> "Approval";
            case ISSUE -> "Issue";
            case COMMENT -> "Comment";
            case RUN -> "Run";
            case REVISION -> "Revision";
            case FILE -> "File";
        };
    }
}
