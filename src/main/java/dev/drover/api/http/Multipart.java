package dev.drover.api.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the plain fields of a small {@code multipart/form-data} body; Helidon's reader for it is a module we lack. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*;\\s*name=\"([^\"]*)\"");
    private static final String HEADERS_END = "\r\n\r\n";

    private Multipart() {}

    static Map<String, String> fields(String contentType, byte[] body) {
        Map<String, String> fields = new HashMap<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return fields;
        }
        String mark = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // Every part but the last ends before a line break and a mark, so one in front makes all alike.
        String text = "\r\n" + new String(body, StandardCharsets.UTF_8);
        for (String part : text.split(Pattern.quote("\r\n" + mark), -1)) {
            int end = part.indexOf(HEADERS_END);
            Matcher name = NAME.matcher(end < 0 ? "" : part.substring(0, end));
            if (name.find()) {
                fields.putIfAbsent(name.group(1), part.substring(end + HEADERS_END.length()));
            }
        }
        return fields;
    }
}
