package dev.drover.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** What an answer carries. */
public sealed interface Content {
    /** Nothing at all, as of a 204. */
    record None() implements Content {}

    /** A wire record, written as JSON. */
    record Json(Object value) implements Content {}

    record Bytes(String type, byte[] bytes) implements Content {}

    /** So many bytes of a source that is opened when they are sent, and closed behind them. */
    record Download(String type, long length, Supplier<InputStream> source) implements Content {}

    /** What is too long to be held at once, written piece by piece. */
    record Written(String type, Writing writing) implements Content {}

    /** Writes a body; what it throws breaks the answer off. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Events, for as long as the source has some.
     *
     * @param watched whether the reader that goes away is noticed at once, which costs the connection
     */
    record Stream(Frames frames, SseStyle style, boolean watched) implements Content {}
}
