package dev.drover.core.connection;

import dev.drover.core.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a caller proves itself, as a user says it; at a service by HTTP all of it ends in headers.
 *
 * @param keyHeader the header that carries the key
 * @param token a bearer token
 */
public record Credentials(
        @Nullable String key,
        @Nullable String keyHeader,
        @Nullable String token,
        @Nullable String username,
        @Nullable String password,
        @Nullable Map<String, String> headers) {
    private static final int MOST_HEADERS = 20;
    private static final int LONGEST = 8_192;
    private static final String AUTHORIZATION = "authorization";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]*");
    /** What belongs to the connection and not to the caller. */
    private static final Set<String> OF_THE_WIRE =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect");

    public Credentials {
        Refused.when(key != null && !isKey(key), "apiKey", "must be 1 to 8192 printable ASCII characters, no blanks");
        Refused.when(keyHeader != null && key == null, "headerName", "says where apiKey goes, which is missing");
        Refused.when(
                token != null && !isKey(token), "token", "must be 1 to 8192 printable ASCII characters, no blanks");
        Refused.when(username == null && password != null, "username", "Required");
        Refused.when(password == null && username != null, "password", "Required");
        Refused.when(username != null && username.indexOf(':') >= 0, "username", "must not contain a colon");
        Refused.when(
                token != null && username != null,
                "token",
                "and username both make the header authorization; one of them is enough");
        if (headers != null) {
            headers = inLowerCase(headers);
        }
    }

    /** Whether there is anything at all. */
    boolean areGiven() {
        return key != null || areForHttp();
    }

    /** Whether there is anything besides the key that only services by HTTP take. */
    boolean areForHttp() {
        return keyHeader != null || token != null || username != null || headers != null;
    }

    /** As a service by HTTP gets them. */
    Map<String, String> asHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers == null ? Map.of() : headers);
        if (key != null) {
            String name = keyHeader == null ? "x-api-key" : keyHeader.toLowerCase(Locale.ROOT);
            check("headerName", name, key);
            all.put(name, key);
        }
        if (token != null) {
            all.put(AUTHORIZATION, "Bearer " + token);
        }
        if (username != null) {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            all.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return all;
    }

    private static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && VALUE.matcher(text).matches()
                && text.indexOf(' ') < 0;
    }

    private static Map<String, String> inLowerCase(Map<String, String> headers) {
        Refused.when(headers.size() > MOST_HEADERS, "headers", "holds " + headers.size() + " headers; at most 20");
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((written, value) -> {
            String name = written.toLowerCase(Locale.ROOT);
            check("headers", name, value);
            Refused.when(lower.put(name, value.strip()) != null, "headers", "has '" + name + "' twice");
        });
        return lower;
    }

    private static void check(String field, String name, String value) {
        Refused.when(!NAME.matcher(name).matches(), field, "has '" + name + "', which is no name of a header");
        Refused.when(OF_THE_WIRE.contains(name), field, "has '" + name + "', which belongs to the connection itself");
        Refused.when(
                value.length() > LONGEST || !VALUE.matcher(value).matches(),
                field,
                "has a value of '" + name + "' that is not at most 8192 printable ASCII characters");
    }

    /** Without the values, so that no log has them. */
    @Override
    public String toString() {
        return "Credentials[]";
    }
}
