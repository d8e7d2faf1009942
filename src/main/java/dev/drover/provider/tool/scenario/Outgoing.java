package dev.drover.provider.tool.scenario;

import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Places;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.tool.WebReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request with all its places filled.
 *
 * @param headers by name in any case
 * @param credentials headers that never leave the origin of the first request
 */
record Outgoing(
        String method,
        WebUrl url,
        Map<String, String> headers,
        Map<String, String> credentials,
        byte @Nullable [] body) {
    private static final Pattern PRINTABLE = Pattern.compile("[\\t\\x20-\\x7e]*");
    private static final List<String> SECRETS = List.of("Authorization", "Cookie", "Proxy-Authorization");
    private static final List<String> OF_BODY = List.of("Content-Type", "Content-Encoding", "Content-Language");

    static Outgoing filled(Action.Request request, Map<String, String> credentials, Inputs inputs)
            throws ToolRefusal, EgressDenied {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            headers.put(header.getKey(), header(header.getKey(), header.getValue(), inputs));
        }
        byte[] bytes = null;
        String body = request.body();
        if (body != null) {
            BodyTemplate template = BodyTemplate.of(body, headers);
            headers.put("Content-Type", template.type());
            bytes = template.filled(inputs).getBytes(StandardCharsets.UTF_8);
        }
        WebUrl url = WebUrl.read(new UrlTemplate(request.url()).filled(inputs));
        return new Outgoing(request.method(), url, headers, credentials, bytes);
    }

    private static String header(String name, String template, Inputs inputs) throws ToolRefusal {
        String value = Places.in(template).filled(inputs::text);
        if (!PRINTABLE.matcher(value).matches()) {
            throw ToolRefusal.rejected("an input of the header '" + name
                    + "' has a line break or a character beyond ASCII, which headers cannot hold");
        }
        return value;
    }

    WebRequest request(int wanted) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(credentials);
        return new WebRequest(method, url, all, body, wanted);
    }

    /** What a browser or curl would send next; what proves who calls stays with the origin it was meant for. */
    Outgoing redirected(int status, WebUrl to) {
        boolean home = url.hasSameOrigin(to);
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(headers);
        if (!home) {
            SECRETS.forEach(kept::remove);
        }
        boolean becomesGet = WebReading.becomesGet(status, method);
        if (becomesGet) {
            OF_BODY.forEach(kept::remove);
        }
        return new Outgoing(
                becomesGet ? "GET" : method, to, kept, home ? credentials : Map.of(), becomesGet ? null : body);
    }
}
