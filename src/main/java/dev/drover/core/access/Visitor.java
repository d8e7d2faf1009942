package dev.drover.core.access;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody comes from, for people to tell their logins apart.
 *
 * @param client as the browser names itself
 */
public record Visitor(String address, String client) {
    private static final int LONGEST = 300;

    /** Without what no table takes. */
    public static Visitor of(String address, @Nullable String client) {
        String plain = client == null ? "" : client.replaceAll("\\p{Cntrl}", "").strip();
        return new Visitor(address, plain.substring(0, Math.min(plain.length(), LONGEST)));
    }
}
