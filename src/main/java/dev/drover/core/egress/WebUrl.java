package dev.drover.core.egress;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute http or https URL, read so strictly that no second parser could see another host in it.
 *
 * @param host lower case, no trailing dot, an IPv6 address without brackets
 * @param target path and query as they go on the wire, never empty
 */
public record WebUrl(String scheme, String host, int port, String target) {
    private static final Pattern SHAPE = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([1-9][0-9]{0,4}))?");
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Z}\\\\]");
    private static final String LEFT_AS_IT_IS = "-._~:/?@!$&'()*+,;=%";

    public static WebUrl read(String text) throws EgressDenied {
        if (UNREADABLE.matcher(text).find()) {
            throw new EgressDenied("URL '" + Shown.of(text) + "' holds a blank, a control character or a backslash;"
                    + " write them percent-encoded");
        }
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new EgressDenied("URL '" + Shown.of(text) + "' is not an absolute http or https URL");
        }
        String authority = shape.group(2);
        if (authority.indexOf('@') >= 0) {
            throw new EgressDenied("URL '" + Shown.of(text) + "' holds a user name; send an Authorization header");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new EgressDenied("URL '" + Shown.of(text) + "' has no plain host and port (1 to 65535)");
        }
        String scheme = shape.group(1).toLowerCase(Locale.ROOT);
        int port = parts.group(2) == null ? standardPort(scheme) : Integer.parseInt(parts.group(2));
        String host = HostName.read(parts.group(1)).text();
        return new WebUrl(scheme, host, checked(port), target(shape.group(3)));
    }

    /** Where a {@code Location} leads from here. */
    public WebUrl resolve(String location) throws EgressDenied {
        if (location.startsWith("//")) {
            return read(scheme + ":" + location);
        }
        if (SCHEME.matcher(location).matches()) {
            return read(location);
        }
        if (UNREADABLE.matcher(location).find()) {
            return read(location);
        }
        try {
            return read(URI.create(toString()).resolve(encode(location)).toString());
        } catch (IllegalArgumentException malformed) {
            throw new EgressDenied("the redirect to '" + Shown.of(location) + "' cannot be read");
        }
    }

    public boolean hasStandardPort() {
        return port == standardPort(scheme);
    }

    /** Host and port as in a {@code Host} header: brackets where needed, no port where it is the scheme's own. */
    public String authority() {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return hasStandardPort() ? written : written + ":" + port;
    }

    public boolean hasSameOrigin(WebUrl other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority() + target;
    }

    static int checked(int port) throws EgressDenied {
        if (port < 1 || port > 65535) {
            throw new EgressDenied("port " + port + " is not within 1 and 65535");
        }
        return port;
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String target(String pathAndQuery) {
        String encoded = encode(pathAndQuery);
        return encoded.startsWith("/") ? encoded : "/" + encoded;
    }

    /** People and models write letters of all scripts in paths; on the wire they are percent-encoded UTF-8. */
    private static String encode(String text) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (isAlphanumeric(octet) || LEFT_AS_IT_IS.indexOf(octet) >= 0);
            if (plain) {
                wire.write(octet);
            } else {
                wire.writeBytes("%%%02X".formatted(octet & 0xFF).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return wire.toString(StandardCharsets.US_ASCII);
    }

    private static boolean isAlphanumeric(byte octet) {
        return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
    }
}
