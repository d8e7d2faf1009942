package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL is and who we are there. */
public record DatabaseAddress(String url, String user, String password) {
    private static final String FORM = "expected postgresql://user:password@host:port/name";
    private static final int USUAL_PORT = 5432;

    /** The user ends at the last @ before the path, so that a password may hold one. */
    private static final Pattern PARTS = Pattern.compile("postgres(?:ql)?://"
            + "(?:(?<user>[^:/?]*)(?::(?<password>[^/?]*))?@)?"
            + "(?<host>\\[[0-9a-fA-F:.]+]|[^:/?@\\[\\]]*)(?::(?<port>[^/?]*))?"
            + "(?:/(?<name>[^?]*))?(?:\\?(?<query>.*))?");

    /** What may follow the question mark, and what the driver calls it. */
    private static final Map<String, String> OPTIONS =
            Map.of("sslmode", "sslmode", "sslrootcert", "sslrootcert", "channel_binding", "channelBinding");

    /** Reads {@code DROVER_DATABASE_URL}; what is wrong is said without showing the value, which holds a password. */
    public static DatabaseAddress parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw wrong("it cannot be read; percent-encode / ? and # in the password");
        }
        String url = "jdbc:postgresql://%s:%d/%s%s"
                .formatted(
                        required(parts.group("host"), "host"),
                        port(parts.group("port")),
                        encode(decode(required(parts.group("name"), "database name"))),
                        options(parts.group("query")));
        String password = parts.group("password");
        return new DatabaseAddress(
                url, decode(required(parts.group("user"), "user")), password == null ? "" : decode(password));
    }

    /** Without the password, since values end up in logs. */
    @Override
    public String toString() {
        return user + " at " + url;
    }

    private static String required(@Nullable String part, String name) {
        if (part == null || part.isEmpty()) {
            throw wrong("the " + name + " is missing");
        }
        return part;
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return USUAL_PORT;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw wrong("the port is not a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static String options(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Stream.of(query.split("&")).map(DatabaseAddress::option).collect(Collectors.joining("&", "?", ""));
    }

    private static String option(String pair) {
        String[] parts = pair.split("=", 2);
        String known = OPTIONS.get(parts[0]);
        if (known == null || parts.length < 2) {
            throw wrong("of options only sslmode=, sslrootcert= and channel_binding= are known");
        }
        return known + "=" + encode(decode(parts[1]));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A plus sign stays one: this is no form. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("a % is not followed by two hex digits");
        }
    }

    private static StartFailure wrong(String what) {
        return new StartFailure("DROVER_DATABASE_URL: " + what + "; " + FORM);
    }
}
