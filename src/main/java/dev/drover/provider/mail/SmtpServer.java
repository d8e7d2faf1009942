package dev.drover.provider.mail;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over.
 *
 * @param tls whether the connection is sealed from its first byte
 * @param user null when it asks for no login
 */
public record SmtpServer(
        boolean tls, String host, int port, @Nullable String user, String password) {
    private static final int USUAL_PORT = 25;
    private static final int USUAL_PORT_TLS = 465;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Of an address such as {@code smtp://user:password@host:587} or {@code smtps://host}. */
    public static SmtpServer of(URI uri) {
        boolean tls = "smtps".equalsIgnoreCase(uri.getScheme());
        int usual = tls ? USUAL_PORT_TLS : USUAL_PORT;
        String login = uri.getRawUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        return new SmtpServer(
                tls,
                uri.getHost(),
                uri.getPort() < 0 ? usual : uri.getPort(),
                login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon)),
                login == null || colon < 0 ? "" : decoded(login.substring(colon + 1)));
    }

    boolean isHere() {
        return HERE.contains(host);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
