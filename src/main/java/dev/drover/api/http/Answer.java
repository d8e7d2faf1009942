package dev.drover.api.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A whole answer before it is written: status, headers beside the usual ones, content. */
public record Answer(int status, Map<String, String> headers, Content content) {
    private static final Duration SOON = Duration.ofSeconds(5);

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(int status, Object value) {
        return new Answer(status, Map.of(), new Content.Json(value));
    }

    public static Answer ok(Object value) {
        return json(200, value);
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), new Content.None());
    }

    public static Answer text(int status, String type, String text) {
        return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(int status, String type, byte[] bytes) {
        return new Answer(status, Map.of(), new Content.Bytes(type, bytes));
    }

    public static Answer written(String type, Content.Writing writing) {
        return new Answer(200, Map.of(), new Content.Written(type, writing));
    }

    public static Answer download(int status, String type, long length, Supplier<InputStream> source) {
        return new Answer(status, Map.of(), new Content.Download(type, length, source));
    }

    /** Events for readers who come back when they lose their connection. */
    public static Answer stream(Frames frames) {
        return new Answer(200, Map.of(), new Content.Stream(frames, SseStyle.SPACED, false));
    }

    /** Events for a reader whose going away matters at once: the frames are told that they are abandoned. */
    public static Answer stream(Frames frames, SseStyle style) {
        return new Answer(200, Map.of(), new Content.Stream(frames, style, true));
    }

    /** Tells when to come back, in whole seconds, never too early; soon when nobody knows. */
    public Answer retryAfter(@Nullable Duration wait) {
        Duration told = wait == null ? SOON : wait;
        return with(
                "Retry-After",
                Long.toString(Math.max(1, told.plusNanos(999_999_999).toSeconds())));
    }

    public Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    public Answer with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, content);
    }
}
