package dev.drover.core.credential;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a file of variables, as {@code NAME=value}; comments and whatever else are passed over. */
public final class DotEnv {
    private static final Pattern LINE = Pattern.compile("(?s)(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

    private DotEnv() {}

    /** Of a name that comes twice the last value counts. */
    public static SequencedMap<String, String> read(String text) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line.strip());
            if (line.indexOf('\0') < 0 && matcher.matches()) {
                variables.put(matcher.group(1), value(matcher.group(2).strip()));
            }
        });
        return variables;
    }

    private static String value(String written) {
        if (written.startsWith("'") && written.indexOf('\'', 1) > 0) {
            return written.substring(1, written.indexOf('\'', 1));
        }
        if (written.startsWith("\"") && written.indexOf('"', 1) > 0) {
            return unescaped(written.substring(1));
        }
        int comment = written.startsWith("#") ? 0 : written.indexOf(" #");
        return comment < 0 ? written : written.substring(0, comment).strip();
    }

    /** Up to the closing quote. */
    private static String unescaped(String quoted) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < quoted.length() && quoted.charAt(i) != '"'; i++) {
            char here = quoted.charAt(i);
            char next = here == '\\' && i + 1 < quoted.length() ? quoted.charAt(++i) : '\0';
            switch (next) {
                case '\0' -> value.append(here);
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '"', '\\', '$' -> value.append(next);
                default -> value.append(here).append(next);
            }
        }
        return value.toString();
    }
}
