package dev.drover.api.console;

import dev.drover.api.http.Call;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Visitor;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a browser that calls: which site's page sent it, which cookies it brings.
 *
 * @param publicUrl where browsers find this server; null for where they say that they do
 */
record ConsoleDoor(@Nullable URI publicUrl) {
    private static final String HEADER = "X-Drover-Console";
    private static final Pattern PORT = Pattern.compile(".*:(\\d{1,5})");

    /** Refuses whatever a page of another site made a browser send. */
    void refuseForeign(Call call) {
        String site = call.header("Sec-Fetch-Site");
        String origin = call.header("Origin");
        boolean own = site == null
                ? origin == null || isOwn(call, origin)
                : site.equals("same-origin") || (site.equals("none") && origin == null);
        if (!own) {
            throw new Refused(new Problem.Forbidden("logins belong to the console's own pages, and this request comes"
                    + " from " + (origin == null ? "another site" : origin)
                    + "; if that is where people find this server, say so in DROVER_PUBLIC_URL"));
        }
    }

    /** The same, and whoever sends no header of ours is refused too: no form and no link can send one. */
    void refuseUnlessConsole(Call call) {
        if (!"1".equals(call.header(HEADER))) {
            throw new Refused(new Problem.Forbidden("a request with the session's cookie needs " + HEADER + ": 1"));
        }
        refuseForeign(call);
    }

    Visitor visitor(Call call) {
        return Visitor.of(call.address(), call.header("User-Agent"));
    }

    /** As browsers see this server, such as {@code https://drover.example}. */
    URI origin(Call call) {
        return publicUrl == null ? seen(call) : publicUrl;
    }

    private static URI seen(Call call) {
        String scheme = isForwardedHttps(call) ? "https" : "http";
        try {
            return URI.create(scheme + "://" + call.header("Host"));
        } catch (IllegalArgumentException e) {
            throw new Refused(new Problem.Unacceptable("The Host header is no host: " + e.getMessage()));
        }
    }

    private boolean isOwn(Call call, String origin) {
        return origin.equals(plain(seen(call))) || (publicUrl != null && origin.equals(plain(publicUrl)));
    }

    private static String plain(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** A proxy's word is enough: whoever lies about it spoils only the own cookie. */
    private static boolean isForwardedHttps(Call call) {
        return "https".equalsIgnoreCase(call.header("X-Forwarded-Proto"));
    }

    Optional<String> cookie(Call call, String name) {
        String header = call.header("Cookie");
        String start = name(call, name) + "=";
        return Arrays.stream(header == null ? new String[0] : header.split(";", -1))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(start))
                .map(cookie -> cookie.substring(start.length()))
                .findFirst();
    }

    /** A {@code Set-Cookie} that no script can read; one that lasts no time goes. */
    String setCookie(Call call, Cookie cookie, String value, Duration lasts) {
        boolean secure = isForwardedHttps(call) || "https".equals(origin(call).getScheme());
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=%s%s"
                .formatted(
                        name(call, cookie.name),
                        value,
                        cookie.path,
                        lasts.toSeconds(),
                        cookie.sameSite,
                        secure ? "; Secure" : "");
    }

    /** Browsers give the cookies of one port to all others of the same host: servers side by side need names. */
    private static String name(Call call, String name) {
        String host = call.header("Host");
        Matcher port = PORT.matcher(host == null ? "" : host);
        return port.matches() ? name + "_" + port.group(1) : name;
    }

    /** Where a cookie goes. */
    record Cookie(String name, String path, String sameSite) {}
}
