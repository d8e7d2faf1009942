package dev.drover.api.http;

/** The methods that routes are offered under; HEAD follows from GET. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
