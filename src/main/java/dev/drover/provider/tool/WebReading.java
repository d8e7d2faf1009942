package dev.drover.provider.tool;

import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebUrl;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;

/** What a server on the web answered, as tools read it. */
public record WebReading(WebAnswer answer) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern TEXTUAL = Pattern.compile("text/.*|.*\\+(json|xml|yaml)|application/(x-)?"
            + "(json|xml|javascript|ecmascript|yaml|toml|sql|graphql|www-form-urlencoded|ndjson|sh)");

    /** Where the answer sends us, if it does. */
    public Optional<WebUrl> location(WebUrl from) throws EgressDenied {
        String location = answer.headers().getOrDefault("location", "");
        return REDIRECTS.contains(answer.status()) && !location.isEmpty()
                ? Optional.of(from.resolve(location))
                : Optional.empty();
    }

    /** Whether browsers and curl follow such a redirect by GET, without a body. */
    public static boolean becomesGet(int status, String method) {
        return (status == 303 && !method.equals("HEAD")) || ((status == 301 || status == 302) && method.equals("POST"));
    }

    /** The body, unless it is no text. */
    public Optional<String> text() {
        return charset().map(this::decode);
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
