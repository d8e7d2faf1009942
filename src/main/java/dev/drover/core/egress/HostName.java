package dev.drover.core.egress;

import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host in the one spelling that no parser can misread: lower-case ASCII without a trailing dot, or an address.
 *
 * @param address what the text stands for when it is an address and no name
 */
record HostName(String text, @Nullable InetAddress address) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(%1$s)(\\.(%1$s)){3}".formatted("25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]"));
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

    /** Reads a name, an IPv4 address, or an IPv6 address with or without brackets. */
    static HostName read(String spelled) throws EgressDenied {
        if (spelled.isEmpty()) {
            throw new EgressDenied("the host is empty; give a full URL such as https://example.com/");
        }
        String lower = spelled.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return v6(lower.substring(1, lower.length() - 1));
        }
        if (lower.indexOf(':') >= 0) {
            return v6(lower);
        }
        String name = ascii(spelled, lower);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        List<String> labels = List.of(name.split("\\.", -1));
        if (NUMERIC.matcher(labels.getLast()).matches()) {
            return v4(name);
        }
        if (name.length() > 253
                || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            throw new EgressDenied("host '" + Shown.of(spelled) + "' is not a proper host name");
        }
        return new HostName(name, null);
    }

    boolean isWithin(String domain) {
        return text.equals(domain) || text.endsWith("." + domain);
    }

    /**
     * Only names that come back unchanged are let through: whatever the mapping folds away (full-width digits, other
     * dots, joiners, a sharp s) is read differently by different parsers.
     */
    private static String ascii(String spelled, String lower) throws EgressDenied {
        if (isAscii(spelled)) {
            return lower;
        }
        try {
            String ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES);
            boolean foldsToAscii = spelled.chars().anyMatch(each -> each >= 128 && Character.toLowerCase(each) < 128);
            if (!foldsToAscii && IDN.toUnicode(ascii).equals(lower)) {
                return ascii;
            }
        } catch (IllegalArgumentException notIdn) {
            // Falls through to the same refusal: it has no ASCII form.
        }
        throw new EgressDenied(
                "host '" + Shown.of(lower) + "' holds characters that can be read as others; write it in ASCII (xn--)");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(each -> each < 128);
    }

    private static HostName v4(String name) throws EgressDenied {
        if (!DOTTED_QUAD.matcher(name).matches()) {
            throw new EgressDenied(
                    "host '" + Shown.of(name) + "' is an odd numeric address; write it as 93.184.215.14");
        }
        return new HostName(name, InetAddress.ofLiteral(name));
    }

    private static HostName v6(String text) throws EgressDenied {
        String tail = text.substring(text.lastIndexOf(':') + 1);
        boolean plain = V6_CHARACTERS.matcher(text).matches()
                && (tail.indexOf('.') < 0 || DOTTED_QUAD.matcher(tail).matches());
        if (plain) {
            try {
                InetAddress address = InetAddress.ofLiteral(text);
                return new HostName(address.getHostAddress(), address);
            } catch (IllegalArgumentException malformed) {
                // Falls through to the same refusal.
            }
        }
        throw new EgressDenied("host '" + Shown.of(text) + "' is not a plain IPv6 address (zone ids are not accepted)");
    }
}
