package dev.drover.core.credential;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wish to keep a secret, new or in place of an old one (Jettson contract, section 13.5).
 *
 * @param hosts null for any
 */
public record PutSecret(
        String name,
        String value,
        @Nullable String description,
        @Nullable List<String> hosts) {
    static final String NAME = "[A-Z][A-Z0-9_]{0,63}";

    private static final int LARGEST = 32 * 1024;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final int MOST_HOSTS = 100;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*|[0-9a-f.]*:[0-9a-f:.]*");

    public PutSecret {
        refuse(!name.matches(NAME), "name", "is '" + name + "'; it must match ^" + NAME + "$");
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        refuse(size == 0, "value", "must not be empty");
        refuse(size > LARGEST, "value", "is " + size + " bytes long; at most 32,768");
        refuse(!StandardCharsets.UTF_8.newEncoder().canEncode(value), "value", "holds half a character (a surrogate)");
        refuse(value.indexOf('\0') >= 0, "value", "must not contain the NUL character");
        if (description != null) {
            int length = description.length();
            refuse(length > LONGEST_DESCRIPTION, "description", "is " + length + " characters long; at most 200");
        }
        if (hosts != null) {
            refuse(hosts.size() > MOST_HOSTS, "hosts", "holds " + hosts.size() + " names; at most 100");
            hosts = hosts.stream().map(PutSecret::host).distinct().toList();
        }
    }

    private static String host(String written) {
        String host = written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        refuse(
                host.length() > 253 || !HOST.matcher(host).matches(),
                "hosts",
                "holds '" + written + "', which is no host name");
        return host;
    }

    private static void refuse(boolean when, String field, String reason) {
        if (when) {
            throw new Refused(new Problem.Invalid(field, reason));
        }
    }

    @Override
    public String toString() {
        return "PutSecret[" + name + "]";
    }
}
