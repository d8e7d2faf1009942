package dev.drover.provider.tool.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebUrl;
import dev.drover.provider.tool.ToolJson;
import dev.drover.provider.tool.Utf8;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;

/** What a server answered, as a model reads it. */
record HttpAnswer(WebAnswer answer) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern TEXTUAL = Pattern.compile("text/.*|.*\\+(json|xml|yaml)|application/(x-)?"
            + "(json|xml|javascript|ecmascript|yaml|toml|sql|graphql|www-form-urlencoded|ndjson|sh)");

    /** Where the answer sends us, if it does. */
    Optional<WebUrl> location(WebUrl from) throws EgressDenied {
        String location = answer.headers().getOrDefault("location", "");
        return REDIRECTS.contains(answer.status()) && !location.isEmpty()
                ? Optional.of(from.resolve(location))
                : Optional.empty();
    }

    ObjectNode toJson() {
        ObjectNode result = ToolJson.object().put("status_code", answer.status());
        ObjectNode named = result.putObject("headers");
        answer.headers().forEach(named::put);
        Optional<Charset> charset = charset();
        String text =
                charset.map(this::decode).orElseGet(() -> Base64.getEncoder().encodeToString(answer.body()));
        result.put("body", text).put("truncated", answer.truncated());
        if (charset.isEmpty()) {
            result.put("body_encoding", "base64");
        }
        return result;
    }

    /** How to read the body as text; empty when it is none. */
    private Optional<Charset> charset() {
        if (!answer.headers().getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
            return Optional.empty();
        }
        ContentType type = ContentType.parseLenient(answer.headers().get("content-type"));
        if (type == null || type.getMimeType() == null) {
            return looksLikeText() ? Optional.of(StandardCharsets.UTF_8) : Optional.empty();
        }
        Charset declared = type.getCharset();
        if (declared != null) {
            return Optional.of(declared);
        }
        boolean isText =
                answer.body().length == 0 || TEXTUAL.matcher(type.getMimeType()).matches();
        return isText ? Optional.of(StandardCharsets.UTF_8) : Optional.empty();
    }

    private String decode(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8)
                ? Utf8.decode(answer.body(), answer.truncated())
                : new String(answer.body(), charset);
    }

    private boolean looksLikeText() {
        String text = Utf8.decode(answer.body(), answer.truncated());
        return text.indexOf('\uFFFD') < 0 && text.indexOf('\0') < 0;
    }
}
