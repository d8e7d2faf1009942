package dev.drover.api.http;

/** What an answer carries. */
public sealed interface Content {
    /** Nothing at all, as of a 204. */
    record None() implements Content {}

    /** A wire record, written as JSON. */
    record Json(Object value) implements Content {}

    record Bytes(String type, byte[] bytes) implements Content {}

    /** Events, for as long as the source has some. */
    record Stream(Frames frames) implements Content {}
}
