package dev.drover.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request wants (RFC 9110, section 14).
 *
 * @param to the place behind the last byte; nothing of the file lies between when it is not beyond {@code from}
 * @param isWhole whether no part was asked for, or in words that a server may pass over
 */
public record ByteRange(long from, long to, boolean isWhole) {
    private static final Pattern ONE = Pattern.compile("\\s*bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** Several ranges at once are answered with the whole, which every client must take. */
    public static ByteRange of(@Nullable String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new ByteRange(0, size, true);
        }
        if (range.group(1).isEmpty()) {
            long last = Long.parseLong(range.group(2));
            return new ByteRange(Math.max(0, size - last), last == 0 ? 0 : size, false);
        }
        long from = Long.parseLong(range.group(1));
        if (range.group(2).isEmpty()) {
            return new ByteRange(from, size, false);
        }
        long last = Long.parseLong(range.group(2));
        return last < from ? new ByteRange(0, size, true) : new ByteRange(from, Math.min(size, last + 1), false);
    }

    /** Whether a part was asked for that the file does not have. */
    public boolean isOutside() {
        return !isWhole && to <= from;
    }

    public long length() {
        return to - from;
    }

    /** As a 206 tells it. */
    public String header(long size) {
        return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
}
