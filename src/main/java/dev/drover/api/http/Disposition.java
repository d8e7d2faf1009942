package dev.drover.api.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How a browser is told to keep a file instead of showing it. */
public final class Disposition {
    private Disposition() {}

    /** The plain name for old clients, the real one for all others (RFC 6266, RFC 5987). */
    public static String attachment(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
