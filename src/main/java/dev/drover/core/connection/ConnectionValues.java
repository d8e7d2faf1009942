package dev.drover.core.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed of a connection: the address too, for the addresses of many MCP servers hold a token.
 *
 * @param url null when the type has one of its own, or each call says so
 * @param key null where none is asked for; of connections to models only
 * @param headers what proves who calls, by lower-case names
 */
record ConnectionValues(@Nullable String url, @Nullable String key, Map<String, String> headers) {
    private static final String URL = "url ";
    private static final String KEY = "key ";
    private static final String HEADER = "header ";

    ConnectionValues {
        headers = Map.copyOf(headers);
    }

    boolean hasSecrets() {
        return key != null || !headers.isEmpty();
    }

    /** One value a line; none holds a line break. */
    String written() {
        StringBuilder text = new StringBuilder();
        if (url != null) {
            text.append(URL).append(url).append('\n');
        }
        if (key != null) {
            text.append(KEY).append(key).append('\n');
        }
        headers.forEach((name, value) ->
                text.append(HEADER).append(name).append(' ').append(value).append('\n'));
        return text.toString();
    }

    static ConnectionValues read(String text) {
        String url = null;
        String key = null;
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(URL)) {
                url = line.substring(URL.length());
            } else if (line.startsWith(KEY)) {
                key = line.substring(KEY.length());
            } else {
                String header = line.substring(HEADER.length());
                int end = header.indexOf(' ');
                headers.put(header.substring(0, end), header.substring(end + 1));
            }
        }
        return new ConnectionValues(url, key, headers);
    }

    /** Without the values, so that no log has them. */
    @Override
    public String toString() {
        return "ConnectionValues[]";
    }
}
