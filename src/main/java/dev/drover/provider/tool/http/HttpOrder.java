package dev.drover.provider.tool.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.tool.ToolRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request that is to be sent.
 *
 * @param headers by name in any case
 */
record HttpOrder(String method, WebUrl url, Map<String, String> headers, byte @Nullable [] body) {
    private static final List<String> OURS = List.of("Host", "Content-Length", "Transfer-Encoding", "Connection");
    private static final List<String> SECRETS = List.of("Authorization", "Cookie", "Proxy-Authorization");
    private static final List<String> OF_BODY = List.of("Content-Type", "Content-Encoding", "Content-Language");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    static HttpOrder read(JsonNode arguments) throws ToolRefusal, EgressDenied {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, JsonNode> header : arguments.path("headers").properties()) {
            headers.put(
                    header.getKey(), checked(header.getKey(), header.getValue().asText()));
        }
        byte[] body = arguments.has("body") ? arguments.path("body").asText().getBytes(StandardCharsets.UTF_8) : null;
        if (body != null) {
            headers.putIfAbsent("Content-Type", "text/plain; charset=utf-8");
        }
        WebUrl url = WebUrl.read(arguments.path("url").asText());
        return new HttpOrder(arguments.path("method").asText(), url, headers, body);
    }

    /** What a browser or curl would send next; secrets stay with the origin they were meant for. */
    HttpOrder redirected(int status, WebUrl to) {
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(headers);
        if (!url.hasSameOrigin(to)) {
            drop(kept, SECRETS);
        }
        boolean becomesGet = (status == 303 && !method.equals("HEAD"))
                || ((status == 301 || status == 302) && method.equals("POST"));
        if (!becomesGet) {
            return new HttpOrder(method, to, kept, body);
        }
        drop(kept, OF_BODY);
        return new HttpOrder("GET", to, kept, null);
    }

    private static void drop(Map<String, String> headers, Collection<String> names) {
        names.forEach(headers::remove);
    }

    private static String checked(String name, String value) throws ToolRefusal {
        if (OURS.stream().anyMatch(name::equalsIgnoreCase)) {
            throw ToolRefusal.rejected("header '" + name + "' is set from the URL and the body; leave it away");
        }
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw ToolRefusal.rejected("header '" + name + "' is malformed: names are letters, digits and -, values"
                    + " printable ASCII on one line");
        }
        return value;
    }
}
