package dev.drover.api.http;

import java.util.SortedSet;

/** Every way a request fails before, or beside, the core: at the level of HTTP and JSON. Each dialect renders all. */
public sealed interface Rejection {
    record NoSuchPath(String path) implements Rejection {}

    record WrongMethod(String method, SortedSet<String> allowed) implements Rejection {}

    /** No {@code Authorization} header, or one of another scheme than Bearer and Token. */
    record NoCredential() implements Rejection {}

    /** A parameter of the query, or a header like one, that does not fit. */
    record QueryMisfit(String name, String reason) implements Rejection {}

    record BodyTooLarge(long limit) implements Rejection {}

    /** The body is not JSON; the offset counts characters from its start. */
    record BodyNotJson(String reason, long offset) implements Rejection {}

    /** The body is JSON, but no object. */
    record BodyNotObject(String found) implements Rejection {}

    /** The body did not arrive in time. */
    record BodyTooSlow() implements Rejection {}

    /** The request cannot be understood as HTTP. */
    record Malformed(int status, String reason) implements Rejection {}

    /** Our own fault; the log has it under the request's id. */
    record Broken(String requestId) implements Rejection {}
}
