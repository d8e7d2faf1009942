package dev.drover.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an HTML form, urlencoded or multipart; a body of any other type is a form without fields. */
public final class Form {
    private final Map<String, String> fields;

    Form(Map<String, String> fields) {
        this.fields = fields;
    }

    static Form read(@Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType;
        if (type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33)) {
            return new Form(urlencoded(new String(body, StandardCharsets.UTF_8)));
        }
        if (type.regionMatches(true, 0, "multipart/form-data", 0, 19)) {
            return new Form(Multipart.fields(type, body));
        }
        return new Form(Map.of());
    }

    /** The first value of a field, without NUL characters, which no database takes; null when it did not arrive. */
    public @Nullable String field(String name) {
        String value = fields.get(name);
        return value == null ? null : value.replace("\0", "");
    }

    private static Map<String, String> urlencoded(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign stands for itself, as browsers read it.
            return text;
        }
    }
}
