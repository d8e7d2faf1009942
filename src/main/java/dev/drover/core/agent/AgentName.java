package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.Locale;
import java.util.regex.Pattern;

/** How names become slugs: one rule for agents that are made, renamed, or born elsewhere (Trinity contract, 7.1). */
public final class AgentName {
    static final int LONGEST = 63;

    private static final Pattern FITS = Pattern.compile("[a-z0-9][a-z0-9_.-]*");

    private AgentName() {}

    /** The slug that a wished name becomes; refused when none is left of it, or it cannot be had. */
    public static String of(String wished) {
        String slug = spelled(wished).replaceAll("-+$", "");
        if (!FITS.matcher(slug).matches()) {
            throw refused("must contain at least one alphanumeric character");
        }
        if (slug.length() > LONGEST) {
            throw refused("'%s...' has %d characters, at most %d are allowed"
                    .formatted(slug.substring(0, LONGEST), slug.length(), LONGEST));
        }
        if (Agent.isReserved(slug)) {
            throw refused("'" + slug + "' is reserved");
        }
        return slug;
    }

    /** Of any length, perhaps empty, perhaps with a hyphen at its end. */
    static String spelled(String name) {
        // Lower case comes last: some letters outside ASCII have one inside it.
        return name.replaceAll("[^A-Za-z0-9_.-]", "-")
                .replaceAll("^[^A-Za-z0-9]+", "")
                .replaceAll("-+", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static Refused refused(String reason) {
        return new Refused(new Problem.Unacceptable("Invalid agent name - " + reason));
    }
}
