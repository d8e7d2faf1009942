package dev.drover.provider.tool.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.credential.SecretWithheld;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.tool.WebReading;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request that is to be sent. The URL is filled in; headers and body still have places for secrets, which are
 * filled in for each host anew.
 *
 * @param inUrl the secrets that the URL holds
 * @param headers by name in any case
 */
record HttpOrder(
        String method,
        WebUrl url,
        Set<String> inUrl,
        Map<String, String> headers,
        @Nullable String body) {
    private static final int BODY_LIMIT = 100 * 1024;
    private static final List<String> OURS = List.of("Host", "Content-Length", "Transfer-Encoding", "Connection");
    private static final List<String> SECRETS = List.of("Authorization", "Cookie", "Proxy-Authorization");
    private static final List<String> OF_BODY = List.of("Content-Type", "Content-Encoding", "Content-Language");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    static HttpOrder read(JsonNode arguments, LentSecrets secrets) throws ToolRefusal, EgressDenied, SecretWithheld {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, JsonNode> header : arguments.path("headers").properties()) {
            headers.put(
                    header.getKey(), checked(header.getKey(), header.getValue().asText()));
        }
        String body = arguments.has("body") ? arguments.path("body").asText() : null;
        if (body != null) {
            headers.putIfAbsent("Content-Type", "text/plain; charset=utf-8");
        }
        LentSecrets.Filled url = secrets.fill(arguments.path("url").asText());
        return new HttpOrder(arguments.path("method").asText(), WebUrl.read(url.text()), url.names(), headers, body);
    }

    /** As it goes to its host, if all its secrets may. */
    WebRequest filled(LentSecrets secrets) throws SecretWithheld, ToolRefusal {
        secrets.allow(inUrl, url.host());
        Map<String, String> filled = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            filled.put(header.getKey(), checked(header.getKey(), fill(header.getValue(), secrets)));
        }
        byte[] bytes = body == null ? null : fill(body, secrets).getBytes(StandardCharsets.UTF_8);
        return new WebRequest(method, url, filled, bytes, BODY_LIMIT);
    }

    private String fill(String text, LentSecrets secrets) throws SecretWithheld {
        LentSecrets.Filled filled = secrets.fill(text);
        secrets.allow(filled.names(), url.host());
        return filled.text();
    }

    /** What a browser or curl would send next; secrets stay with the origin they were meant for. */
    HttpOrder redirected(int status, WebUrl to, LentSecrets secrets) {
        Set<String> inNext = secrets.mask().foundIn(to.toString());
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(headers);
        if (!url.hasSameOrigin(to)) {
            drop(kept, SECRETS);
        }
        if (!WebReading.becomesGet(status, method)) {
            return new HttpOrder(method, to, inNext, kept, body);
        }
        drop(kept, OF_BODY);
        return new HttpOrder("GET", to, inNext, kept, null);
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
