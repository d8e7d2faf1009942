package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Dialect;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;

/** How Jettson refuses: the codes, statuses and details of its contract's section 11. */
public final class JettsonDialect implements Dialect {
    @Override
    public String title() {
        return "Jettson";
    }

    @Override
    public Class<?> errorShape() {
        return JettsonError.class;
    }

    @Override
    public Answer answer(Problem problem) {
        return JettsonRefusals.of(problem);
    }

    @Override
    public Answer answer(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NoSuchPath path ->
                JettsonError.answer(404, "not_found", "There is no route " + path.path() + "; /docs lists all");
            case Rejection.WrongMethod wrong ->
                JettsonError.answer(
                                405,
                                "method_not_allowed",
                                "Method " + wrong.method() + " is not allowed here; use one of " + wrong.allowed())
                        .with("Allow", String.join(", ", wrong.allowed()));
            case Rejection.NoCredential none -> unauthenticated("Send a credential as 'Authorization: Bearer <key>'");
            case Rejection.QueryMisfit query -> JettsonRefusals.misfit("invalid_query", query.name(), query.reason());
            case Rejection.BodyTooLarge large ->
                JettsonError.answer(413, "payload_too_large", "The body is larger than " + large.limit() + " bytes");
            case Rejection.BodyNotJson broken ->
                invalidBody(400, "The body is not JSON: " + broken.reason() + ", at byte " + broken.offset());
            case Rejection.BodyNotObject other ->
                invalidBody(400, "The body must be a JSON object, but is: " + other.found());
            case Rejection.BodyTooSlow slow -> invalidBody(408, "The body did not arrive in time");
            case Rejection.Malformed malformed ->
                JettsonError.answer(malformed.status(), "invalid_query", malformed.reason());
            case Rejection.Broken broken ->
                JettsonError.answer(
                        500,
                        "internal_error",
                        "Something went wrong on our side; the server's log has it under request id "
                                + broken.requestId());
        };
    }

    static Answer unauthenticated(String message) {
        return JettsonError.answer(401, "invalid_api_key", message).with("WWW-Authenticate", "Bearer");
    }

    private static Answer invalidBody(int status, String message) {
        return JettsonError.answer(status, "invalid_body", message);
    }
}
